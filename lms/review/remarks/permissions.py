"""Who sees which ready remark; only its owner changes it."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.review.remarks.models import BankRemark


def visible_remarks(user: User) -> sa.Select[BankRemark]:
    """Tutors see their own remarks and those that colleagues share."""
    return sa.select(BankRemark).where(
        sa.or_(BankRemark.owner_id == user.id, BankRemark.is_shared)
    )


def own_remarks(user: User) -> sa.Select[BankRemark]:
    """Return what a tutor may change."""
    return sa.select(BankRemark).where(BankRemark.owner_id == user.id)
