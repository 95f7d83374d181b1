"""Who reads the journal."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.identity.audit.models import AuditEvent


def visible_events(user: User) -> sa.Select[AuditEvent]:
    """Admins read everything, the latest first; nobody else reads anything."""
    return (
        sa.select(AuditEvent)
        .where(sees_everything(user))
        .options(joinedload(AuditEvent.actor))
        .order_by(AuditEvent.id.desc())
    )


def people_in_journal() -> Sequence[sa.Row[int, str]]:
    """List those who did something, for the filter."""
    actors = sa.select(AuditEvent.actor_id).distinct()
    people = sa.select(User.id, User.full_name).where(User.id.in_(actors))
    return db.session.execute(people.order_by(User.full_name)).all()
