"""Who sees where letters are."""

import sqlalchemy as sa

from lms.core.jobs import Job
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything


def visible_jobs(user: User) -> sa.Select[Job]:
    """Admins see every job, the newest first; nobody else sees any."""
    return sa.select(Job).where(sees_everything(user)).order_by(Job.id.desc())
