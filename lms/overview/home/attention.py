"""What staff should look at today, each as a sentence with an address."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import day, plural, today
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.overview.home.concern import Concern
from lms.overview.home.troubles import mail_and_jobs
from lms.overview.progress.matrix import stuck_teams
from lms.review.appeals.hearing import count_waiting
from lms.review.moderation.services import count_readings
from lms.review.threads.models import Thread
from lms.work.submissions.models import Status, Submission

SOON = timedelta(days=14)
TOO_LONG = timedelta(days=5)


def concerns(admin: User) -> list[Concern]:
    """Return what needs an admin's attention; a statement for each kind."""
    found = (
        _late_reviews(),
        _late_answers(),
        _appeals(admin),
        _differences(admin),
        _starting_soon(),
        *mail_and_jobs(),
    )
    return [concern for concern in found if concern]


def _count(*where: sa.ColumnElement[bool]) -> int:
    return db.session.scalar(sa.select(sa.func.count()).where(*where)) or 0


def _late_reviews() -> Concern | None:
    count = _count(
        Submission.status == Status.WAITING, Submission.sent_at < utcnow() - TOO_LONG
    )
    works = plural(count, "работа ждёт", "работы ждут", "работ ждут")
    sentence = f"{works} проверки больше {TOO_LONG.days} дней"
    return Concern(sentence, "reviews.queue") if count else None


def stuck(viewer: User) -> list[Concern]:
    """Return the cohorts of a tutor or an admin in which teams are stuck."""
    forms = ("команда застряла", "команды застряли", "команд застряло")
    return [
        Concern(
            f"{plural(count, *forms)} в потоке «{cohort.name}»",
            "progress.cohort",
            {"cohort_id": cohort.id, "stuck": 1},
        )
        for cohort, count in stuck_teams(viewer)
    ]


def _late_answers() -> Concern | None:
    is_open = Submission.cohort.has(Cohort.state == CohortState.OPEN)
    count = _count(
        Thread.asked_at < utcnow() - TOO_LONG, Thread.submission.has(is_open)
    )
    teams = plural(count, "команда ждёт", "команды ждут", "команд ждут")
    sentence = f"{teams} ответа на вопрос больше {TOO_LONG.days} дней"
    return Concern(sentence, "threads.index") if count else None


def _appeals(admin: User) -> Concern | None:
    """Where a cohort has no other tutor, an admin looks at a decision again."""
    count = 0 if can_judge(admin) else count_waiting(admin)
    teams = plural(count, "команда просит", "команды просят", "команд просят")
    sentence = f"{teams} пересмотреть решение, и кроме вас некому"
    return Concern(sentence, "appeals.index") if count else None


def _differences(admin: User) -> Concern | None:
    """Where a cohort has no lead tutor, an admin looks at both readings of a work."""
    count = 0 if can_judge(admin) else count_readings(admin)
    works = plural(count, "работу", "работы", "работ")
    sentence = f"Тьюторы по-разному прочли {works}: решать вам"
    return Concern(sentence, "readings.index") if count else None


def _starting_soon() -> Concern | None:
    cohort = db.session.scalar(
        sa.select(Cohort)
        .where(Cohort.state == CohortState.PLANNED, Cohort.starts_on <= today() + SOON)
        .order_by(Cohort.starts_on)
        .limit(1)
    )
    if cohort is None:
        return None
    begins = f"начинается {day(cohort.starts_on)}"
    return Concern(f"Поток «{cohort.name}» {begins} и ещё не открыт", "cohorts.index")
