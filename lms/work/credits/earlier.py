"""What a person has done in another cohort, beside what is owed in this one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import day, local_day
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.work.credits.models import Credit
from lms.work.submissions.models import Submission


@dataclass(frozen=True)
class EarlierWork:
    """A work of the same module that was accepted in another cohort."""

    work: Submission
    credited_on: date

    @property
    def words(self) -> str:
        """Say which work it is, as the journal keeps it."""
        owner = f"команда «{self.work.team.name}», " if self.work.team else ""
        return f"{owner}поток «{self.work.cohort.name}», {day(self.credited_on)}"


def earlier_works(
    user: User, cohort: Cohort, module_ids: Collection[int]
) -> dict[int, EarlierWork]:
    """Return by module the last accepted work of other cohorts; one statement.

    Who was excused there has no work to show.
    """
    rows = db.session.execute(
        sa.select(Submission, Credit.credited_at)
        .join(Credit, Credit.submission_id == Submission.id)
        .where(Credit.user_id == user.id, Credit.cohort_id != cohort.id)
        .where(Credit.module_id.in_(module_ids))
        .order_by(Credit.credited_at, Credit.id)
        .options(joinedload(Submission.team), joinedload(Submission.cohort))
    )
    return {
        work.module_id: EarlierWork(work, local_day(credited_at))
        for work, credited_at in rows
    }
