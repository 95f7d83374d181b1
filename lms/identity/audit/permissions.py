"""Who reads the journal."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.identity.audit.models import AuditEvent
from lms.review.reviews.permissions import works_to_read_blind


def visible_events(user: User) -> sa.Select[AuditEvent]:
    """Admins read everything, the latest first; nobody else reads anything.

    An admin who is a tutor as well may have to read a work a second time: of that one
    nothing is told until then.
    """
    kept = works_to_read_blind(user).subquery()
    is_kept = sa.and_(
        AuditEvent.object_type == "Submission",
        AuditEvent.object_id.in_(sa.select(sa.cast(kept.c[0], sa.String))),
    )
    return (
        sa.select(AuditEvent)
        .where(sees_everything(user), ~is_kept)
        .options(joinedload(AuditEvent.actor))
        .order_by(AuditEvent.id.desc())
    )
