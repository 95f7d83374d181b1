"""What may be typed into a project."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from lms.core.choices import KindField
from lms.core.edit_forms import EditForm
from lms.core.fields import AddingForm, DayField, LineField, SeenField, TextField
from lms.monitoring.projects.models import (
    Event,
    EventKind,
    ProjectRow,
    ProjectTask,
    Risk,
)
from lms.monitoring.projects.picture import Picture
from lms.monitoring.projects.rules import (
    complaints_about_event,
    complaints_about_risk,
)
from lms.monitoring.projects.tables import title_of_task
from lms.monitoring.projects.words import as_text
from lms.network.partners.models import Partner
from lms.network.ventures.forms import CardsField

LONG = 1000
OF_OFFERS = ("what", "who", "due_on")
BY_STAGES = "Действия по корректировке проекта"


class RowForm(EditForm):
    """One row; `seen` is what the page showed of it."""

    MODEL: ClassVar[type[ProjectRow]]
    # What is asked for only when a row is changed, or folded when one is added.
    LATER: ClassVar[frozenset[str]] = frozenset()

    seen = SeenField()

    def show(self, row: ProjectRow) -> None:
        """Keep what the page is about to show, to tell later what was changed."""
        super().show(row)
        self.seen.show(**{field: as_text(getattr(row, field)) for field in row.WORDS})


class TaskForm(RowForm):
    """A task of the project and its results."""

    MODEL, WORDS = ProjectTask, ProjectTask.WORDS

    text = LineField("Задача", 300, InputRequired("Назовите задачу."))
    stage = LineField("Этап реализации проекта", 100)
    planned = TextField("Планируемый результат проекта", LONG)
    achieved = TextField("Достигнутый результат проекта", LONG)
    correction = TextField(BY_STAGES, LONG)
    extra = TextField("Дополнительный, значимый результат проекта", LONG)


class EventForm(RowForm):
    """An event: what is planned, and what became of it."""

    MODEL, WORDS = Event, Event.WORDS
    complaints = staticmethod(complaints_about_event)
    LATER = frozenset({"done_on", "fact", "why_not", "correction"})

    what = LineField("Наименование мероприятия", 300, InputRequired("Назовите дело."))
    who = LineField(
        "Ответственные",
        200,
        InputRequired("Назовите человека."),
        description="Если пройдёт срок, а отметки нет, сайт напомнит тому из команды,"
        " чья фамилия здесь названа, а без фамилии — капитану.",
    )
    due_on = DayField(
        "Срок",
        Optional(),
        description="Если мероприятия в плане не было, оставьте пустым.",
    )
    kind = KindField("Вид", EventKind, default=EventKind.OTHER.name)
    task_id = SelectField("К какой задаче", coerce=int, default=0)
    partners = CardsField()
    done_on = DayField("Проведено", Optional(), description="Пусто, пока не проведено.")
    fact = TextField("Что было на деле", LONG)
    why_not = LineField("Если не проведено, почему", 500)
    correction = TextField("Действия по корректировке проекта", LONG)

    def __init__(
        self, picture: Picture, cards: Iterable[Partner], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        tasks = enumerate(picture.tasks, 1)
        none = SelectChoice(0, "ни к какой")
        listed = [SelectChoice(one.id, title_of_task(n, one)) for n, one in tasks]
        self.task_id.choices = [none, *listed]
        if self.task_id.data not in {choice.value for choice in self.task_id.choices}:
            self.task_id.data = 0  # the task was removed meanwhile
        self.partners.offer(cards)

    def value_of(self, name: str) -> Any:
        """Besides, of an event that belongs to no task the column holds nothing."""
        value = super().value_of(name)
        return value or None if name == "task_id" else value


class RiskForm(RowForm):
    """A risk: foreseen or not, come true or not."""

    MODEL, WORDS = Risk, Risk.WORDS
    complaints = staticmethod(complaints_about_risk)

    text = LineField("Риск", 300, InputRequired("Назовите риск: что может сорваться."))
    is_planned = BooleanField("Предполагали заранее", default=True)
    came_on = DayField("Случился", Optional(), description="Пусто, пока не случился.")
    measure = TextField("Мероприятия, направленные на минимизацию рисков", LONG)
    correction = TextField(BY_STAGES, LONG)


class CommentForm(AddingForm):
    """A word beside a tab."""

    text = TextField("Комментарий", 2000, InputRequired("Напишите комментарий."))


class CloseForm(FlaskForm):
    """Which quarter the page named."""

    starts_on = DayField("Квартал", InputRequired(), widget=HiddenInput())


class OfferForm(Form):
    """A line of an accepted work: ticked or not, as the team words it."""

    take = BooleanField("Добавить")
    what = LineField("Наименование мероприятия", 300)
    who = LineField("Ответственные", 200)
    due_on = DayField("Срок", Optional())

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for a whole event where the line is ticked, and for nothing else."""
        if not self.take.data:
            return True
        is_right = bool(super().validate(extra_validators))
        for field in map(self.__getitem__, OF_OFFERS):
            if not field.data and not field.errors:
                field.errors = ["Без этого строку не добавить."]
                is_right = False
        return is_right
