"""The works and credits of a cohort: two statements for any number."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from lms.cohorts.models import Cohort
from lms.credits.models import Credit
from lms.extensions import db
from lms.progress.cells import Work
from lms.submissions.models import Submission


@dataclass(frozen=True)
class Facts:
    """What was written, by (team, module) and (person, module), and who has credit."""

    team_works: dict[tuple[int, int], Work]
    own_works: dict[tuple[int, int], Work]
    credits: set[tuple[int, int]]


def read_facts(cohort: Cohort) -> Facts:
    """Read what is known of the works of a cohort."""
    team_works, own_works = {}, {}
    for team_id, user_id, module_id, *work in _rows(
        sa.select(
            Submission.team_id,
            Submission.user_id,
            Submission.module_id,
            Submission.id,
            Submission.status,
            Submission.due_on,
        ).where(Submission.cohort_id == cohort.id)
    ):
        if team_id is None:
            own_works[user_id, module_id] = Work(*work)
        else:
            team_works[team_id, module_id] = Work(*work)
    credits = _rows(
        sa.select(Credit.user_id, Credit.module_id).where(Credit.cohort_id == cohort.id)
    )
    return Facts(team_works, own_works, {(user, module) for user, module in credits})


def _rows(query: sa.Executable) -> Any:
    return db.session.execute(query)
