"""«Ход курса»: which school has which lesson accepted, and how works travelled."""

from collections import defaultdict
from datetime import datetime
from statistics import median
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import course_day
from lms.course.modules.models import Module, Revision
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Cell, Day, Figure, Grid, day_cell
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.review.reviews.permissions import is_kept_from
from lms.schools.teams.models import School, Team
from lms.work.submissions.models import Attempt, Status, Submission, stands

TITLE = "Ход курса"
DAY = 24 * 3600


class _Answer(NamedTuple):
    """A decision about a version of a team's work."""

    school_id: int
    school: str
    submission_id: int
    module_id: int
    is_accepted: bool
    sent_at: datetime
    answered_at: datetime
    decided_at: datetime
    rounds: int

    @property
    def days(self) -> float:
        """How long the team waited; where clocks jumped, no time at all."""
        return max(0.0, (self.answered_at - self.sent_at).total_seconds() / DAY)


def block_of(scope: Scope) -> Block:
    """Read the decisions of the year about works of teams; two statements."""
    answers = [_Answer(*row) for row in db.session.execute(_decided(scope))]
    accepted = [answer for answer in answers if answer.is_accepted]
    returned = len(answers) - len(accepted)
    address = scope.page_of_observers("progress.index")
    figures = [
        Figure(key="accepted", label="Зачтено работ", value=len(accepted)),
        Figure(key="returned", label="Возвраты на доработку", value=returned),
        Figure(
            key="rounds",
            label="Версий до зачёта, медиана",
            value=_middle([answer.rounds for answer in accepted]),
            adds_up=False,
        ),
        Figure(
            key="days",
            label="Дней до ответа тьютора, медиана",
            value=_middle([answer.days for answer in answers]),
            adds_up=False,
        ),
    ]
    figures = [one.model_copy(update={"address": address}) for one in figures]
    return Block(key="course", title=TITLE, figures=figures, grids=[_matrix(accepted)])


def _decided(scope: Scope) -> sa.Select[Any]:
    """Find the decisions of the year, but what the viewer is to read blind."""
    is_reversed = Reversal.review_id.is_not(None)
    decided_at = sa.func.coalesce(Reversal.decided_at, Review.released_at)
    rounds = (
        sa.select(sa.func.count(Attempt.id))
        .where(Attempt.submission_id == Submission.id, stands())
        .correlate(Submission)
        .scalar_subquery()
    )
    is_accepted = sa.and_(
        Submission.status == Status.ACCEPTED,
        sa.or_(Review.verdict == Verdict.ACCEPTED, is_reversed),
    )
    facts = (
        School.id,
        School.name,
        Submission.id,
        Submission.module_id,
        is_accepted,
        Attempt.sent_at,
        Review.released_at,
        decided_at,
        rounds,
    )
    return (
        sa.select(*facts)
        .select_from(Review)
        .join(Attempt, Attempt.id == Review.attempt_id)
        .join(Submission, Submission.id == Attempt.submission_id)
        .join(Team, Team.id == Submission.team_id)
        .join(School, School.id == Team.school_id)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .where(School.id.in_(scope.schools), scope.holds(decided_at))
        .where(~is_kept_from(scope.viewer))
        .order_by(School.name, School.id, decided_at, Review.id)
    )


def _matrix(accepted: list[_Answer]) -> Grid:
    """Lay out lessons by schools; of several teams the first to be accepted counts."""
    first: dict[tuple[int, int], datetime] = {}
    schools: dict[int, str] = {}
    for answer in accepted:
        schools[answer.school_id] = answer.school
        first.setdefault((answer.school_id, answer.module_id), answer.decided_at)
    lessons = titles_of_lessons({module_id for _, module_id in first})
    rows: list[list[Cell]] = [
        [name, *(_day_of(first.get((school_id, number))) for number in lessons)]
        for school_id, name in schools.items()
    ]
    columns = {"Школа": 30} | dict.fromkeys(lessons.values(), 12)
    return Grid(
        key="matrix",
        title="Зачтённые работы по школам",
        columns=columns,
        rows=rows,
        is_wide=True,
    )


def titles_of_lessons(ids: set[int]) -> dict[int, str]:
    """Return short titles in the order of the course; two alike are told apart."""
    rows = db.session.execute(
        sa.select(Module.id, Module.position, Module.slug, Revision.short_title)
        .outerjoin(Revision, Revision.id == Module.current_revision_id)
        .where(Module.id.in_(ids))
        .order_by(Module.position, Module.id)
    )
    titles: dict[int, str] = {}
    seen: defaultdict[str, int] = defaultdict(int)
    for module_id, position, slug, short_title in rows:
        title = f"{position}. {short_title or slug}"
        seen[title] += 1
        titles[module_id] = title if seen[title] == 1 else f"{title} ({seen[title]})"
    return titles


def _day_of(moment: datetime | None) -> Day | None:
    return day_cell(course_day(moment)) if moment else None


def _middle(numbers: list[float] | list[int]) -> float | None:
    return round(median(numbers), 1) if numbers else None
