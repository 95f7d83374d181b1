"""Another try for what failed for good or could only be kept in the folder."""

import logging

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.job_tries import try_again
from lms.core.jobs import Job, is_letter
from lms.identity.accounts.models import User

logger = logging.getLogger(__name__)


def try_job_again(job_id: int, *, actor: User) -> bool:
    """Have one job tried at once; tell whether it was still to be done."""
    return _try(Job.id == job_id, actor=actor) == 1


def send_all_again(*, actor: User) -> int:
    """Have all letters that failed for good tried at once; return how many."""
    return _try(Job.failed_for_good(), is_letter(), actor=actor)


def send_all_kept(*, actor: User) -> int:
    """Have all letters that lie in the folder sent at once; return how many."""
    return _try(Job.lies_in_folder(), actor=actor)


def _try(*which: sa.ColumnElement[bool], actor: User) -> int:
    again = try_again(*which)
    db.session.commit()
    logger.info("user %s: %s jobs tried again", actor.id, len(again))
    return len(again)
