"""Who reads the journal."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.identity.audit.models import AuditEvent
from lms.outcomes.certificates.permissions import certificates_kept_from
from lms.review.reviews.permissions import works_to_read_blind


def visible_events(user: User) -> sa.Select[AuditEvent]:
    """Admins read everything, the latest first; nobody else reads anything.

    An admin who is a tutor as well may have to read a work a second time: of that one
    nothing is told until then.
    """
    is_kept = sa.or_(
        _is_about("Submission", works_to_read_blind(user)),
        _is_about("Certificate", certificates_kept_from(user)),
    )
    return (
        sa.select(AuditEvent)
        .where(sees_everything(user), ~is_kept)
        .options(joinedload(AuditEvent.actor))
        .order_by(AuditEvent.id.desc())
    )


def _is_about(kind: str, ids: sa.Select[int]) -> sa.ColumnElement[bool]:
    kept = ids.subquery()
    names = sa.select(sa.cast(kept.c[0], sa.String))
    return sa.and_(AuditEvent.object_type == kind, AuditEvent.object_id.in_(names))
