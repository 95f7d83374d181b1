"""What may be typed about reviews: the filters, and the form of a judgement."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, SelectChoice, SelectField

from lms.core.extensions import db
from lms.core.fields import plain_lines
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts
from lms.course.cohorts.programme import module_labels
from lms.course.content.assignment import Assignment
from lms.identity.accounts.models import User
from lms.review.reviews.judgement import Judgement, Mark, Note
from lms.review.reviews.models import Verdict
from lms.review.reviews.queue import Filters, State
from lms.text.citation import flat


class _Narrowing(FlaskForm):
    """Which cohort and which module; travels in the address."""

    class Meta:
        """Looking changes nothing, so there is no token."""

        csrf = False

    cohort = SelectField("Поток", coerce=int, default=0)
    module = SelectField("Занятие", coerce=int, default=0)

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        cohorts = run_cohorts(user).order_by(Cohort.starts_on, Cohort.id)
        names: Any = db.session.execute(
            cohorts.with_only_columns(Cohort.id, Cohort.name)
        )
        self.cohort.choices = _choices("все потоки", names)
        self.module.choices = _choices("все занятия", module_labels())


def _choices(everything: str, names: Iterable[tuple[int, str]]) -> list[SelectChoice]:
    return [
        SelectChoice(0, everything),
        *(SelectChoice(row_id, name) for row_id, name in names),
    ]


class FilterForm(_Narrowing):
    """What part of the queue to show."""

    state = HiddenField()

    @property
    def filters(self) -> Filters:
        """What was chosen; an address with nonsense in it filters nothing."""
        return Filters(
            state=State.__members__.get(str(self.state.data).upper(), State.QUEUE),
            cohort_id=_known(self.cohort),
            module_id=_known(self.module),
        )


class ReleasedForm(_Narrowing):
    """Which released reviews to show."""

    verdict = SelectField(
        "Решение",
        default="",
        choices=[
            SelectChoice("", "любое"),
            *(SelectChoice(verdict.name, verdict.value) for verdict in Verdict),
        ],
    )
    who = SelectField(
        "Чьи",
        default="mine",
        choices=[SelectChoice("mine", "мои"), SelectChoice("all", "всех тьюторов")],
    )

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the address says it."""
        return {
            "cohort": _known(self.cohort),
            "module": _known(self.module),
            "verdict": _known(self.verdict),
            "who": _known(self.who),
        }


def _known(field: SelectField) -> Any:
    known = {choice.value for choice in field.choices or []}
    return field.data or None if field.data in known else None


def typed_judgement(form: MultiDict[str, str], assignment: Assignment) -> Judgement:
    """Read what a tutor typed; a level that the rubric has not is no level."""
    marks = {}
    for criterion in assignment.rubric:
        points = form.get(f"level-{criterion.key}", "")
        known = {str(level.points) for level in criterion.levels}
        marks[criterion.key] = Mark(
            points=int(points) if points in known else None,
            remark=plain_lines(form.get(f"remark-{criterion.key}", "")),
        )
    keys = {field.key for field in assignment.fields}
    notes = [_note(form, name) for name in dict.fromkeys(form.getlist("note"))]
    return Judgement(
        marks,
        plain_lines(form.get("summary", "")),
        tuple(note for note in notes if note.quote and note.field in keys),
    )


def _note(form: MultiDict[str, str], name: str) -> Note:
    """Read one note; `name` comes from the page or from its script."""
    return Note(
        id=name[:20],
        field=form.get(f"note-field-{name}", ""),
        quote=flat(form.get(f"note-quote-{name}", ""))[: Judgement.MAX_QUOTE],
        at=max(0, form.get(f"note-at-{name}", 0, type=int)),
        text=plain_lines(form.get(f"note-text-{name}", "")),
    )
