"""What staff should look at today, each as a sentence with an address."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, plural, today
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.identity.erasures.wording import words_of_requests
from lms.identity.requests.models import DataRequest
from lms.monitoring.indicators.unclaimed import unclaimed_numbers
from lms.overview.home.concern import Concern
from lms.overview.home.troubles import Troubles, mail_and_jobs, troubles_columns
from lms.overview.progress.stuck import stuck_cohorts
from lms.review.appeals.hearing import waiting_count
from lms.review.moderation.services import readings_count
from lms.review.questions.models import Question
from lms.review.questions.permissions import questions_to_answer
from lms.review.threads.models import Thread
from lms.work.submissions.models import Status, Submission

SOON = timedelta(days=14)
TOO_LONG = timedelta(days=5)
# So many cohorts with stuck teams are named; behind a link are all of them.
MOST_STUCK = 5


class Attention(NamedTuple):
    """All that an admin's start page counts."""

    late_reviews: int
    late_answers: int
    appeals: int
    readings: int
    late_requests: int
    requests: int
    starts_next: str | None
    starts_on: date | None
    modules: int
    live_modules: int
    unclaimed: int
    unclaimed_school: int | None
    unclaimed_period: date | None
    troubles: Troubles

    @property
    def concerns(self) -> list[Concern]:
        """What needs a decision, in words."""
        works, requests = _about_works(self), _about_requests(self)
        rest = _about_numbers(self), _about_start(self), mail_and_jobs(self.troubles)
        return [*requests, *works, *(one for part in rest for one in part)]


def read_attention(admin: User) -> Attention:
    """Count what needs an admin's attention; one statement."""
    troubles = troubles_columns(admin)
    numbers: tuple[Any, ...] = (
        *_works(admin),
        *_next_start(),
        *_modules(),
        *unclaimed_numbers(admin),
    )
    row: Any = db.session.execute(sa.select(*numbers, troubles)).one()
    known = len(numbers)
    return Attention._make([*row[:known], Troubles._make(row[known:])])


def stuck(viewer: User) -> list[Concern]:
    """Return the cohorts of a tutor or an admin in which teams are stuck."""
    forms = ("команда застряла", "команды застряли", "команд застряло")
    found = stuck_cohorts(viewer, limit=MOST_STUCK + 1)
    named = [
        Concern(
            f"{plural(one.teams, *forms)} в потоке «{one.name}»",
            "progress.cohort",
            {"cohort_id": one.cohort_id, "stuck": 1},
        )
        for one in found[:MOST_STUCK]
    ]
    others = Concern("Застрявшие команды есть и в других потоках", "progress.index")
    return named if len(found) <= MOST_STUCK else [*named, others]


def _works(admin: User) -> list[sa.ColumnElement[int]]:
    """Count what waits too long, and what only an admin can decide.

    Where a cohort has no other tutor, an admin looks at a decision again; where it has
    no lead tutor, at both readings of a work.
    """
    nothing = sa.literal(0)
    is_open = Submission.cohort.has(Cohort.state == CohortState.OPEN)
    long_ago = utcnow() - TOO_LONG
    return [
        _count(Submission.status == Status.WAITING, Submission.sent_at < long_ago),
        _count(Thread.asked_at < long_ago, Thread.submission.has(is_open))
        + _late_questions(admin, long_ago),
        nothing if can_judge(admin) else waiting_count(admin),
        nothing if can_judge(admin) else readings_count(admin),
        _count(DataRequest.done_at.is_(None), DataRequest.due_on < today()),
        _count(DataRequest.done_at.is_(None)),
    ]


def _late_questions(admin: User, long_ago: datetime) -> sa.ScalarSelect[int]:
    asked = questions_to_answer(admin, sa.func.count())
    return asked.where(Question.asked_at < long_ago).scalar_subquery()


def _next_start() -> list[sa.ScalarSelect[Any]]:
    """Name the cohort that begins soon and is not open yet, if there is one."""
    soon = Cohort.state == CohortState.PLANNED, Cohort.starts_on <= today() + SOON
    return [
        sa.select(fact)
        .where(*soon)
        .order_by(Cohort.starts_on, Cohort.id)
        .limit(1)
        .scalar_subquery()
        for fact in (Cohort.name, Cohort.starts_on)
    ]


def _modules() -> list[sa.ScalarSelect[int]]:
    return [_count(Module.id > 0), _count(Module.current_revision_id.is_not(None))]


def _count(*where: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    return sa.select(sa.func.count()).where(*where).scalar_subquery()


def _about_works(found: Attention) -> Iterator[Concern]:
    if count := found.late_reviews:
        works = plural(count, "работа ждёт", "работы ждут", "работ ждут")
        sentence = f"{works} проверки больше {TOO_LONG.days} дней"
        yield Concern(sentence, "reviews.queue")
    if count := found.late_answers:
        teams = plural(count, "команда ждёт", "команды ждут", "команд ждут")
        sentence = f"{teams} ответа на вопрос больше {TOO_LONG.days} дней"
        yield Concern(sentence, "threads.index")
    if count := found.appeals:
        teams = plural(count, "команда просит", "команды просят", "команд просят")
        sentence = f"{teams} пересмотреть решение, и кроме вас некому"
        yield Concern(sentence, "appeals.index")
    if count := found.readings:
        works = plural(count, "работу", "работы", "работ")
        sentence = f"Тьюторы по-разному прочли {works}: решать вам"
        yield Concern(sentence, "readings.index")


def _about_requests(found: Attention) -> Iterator[Concern]:
    if found.requests:
        sentence = words_of_requests(found.requests, late=found.late_requests)
        yield Concern(sentence, "erasures.index")


def _about_numbers(found: Attention) -> Iterator[Concern]:
    if count := found.unclaimed:
        schools = plural(count, "школа ждёт", "школы ждут", "школ ждут")
        sentence = f"{schools} решения о показателях, и кроме вас некому"
        place = {"school_id": found.unclaimed_school, "period": found.unclaimed_period}
        yield Concern(sentence, "indicators.school", place)


def _about_start(found: Attention) -> Iterator[Concern]:
    if found.starts_on:
        is_late = found.starts_on < today()
        begins = "должен был начаться" if is_late else "начинается"
        when = day(found.starts_on)
        sentence = f"Поток «{found.starts_next}» {begins} {when} и ещё не открыт"
        yield Concern(sentence, "cohorts.index")
