"""Writing to the journal."""

from typing import Any

from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent


def record(
    actor_id: int | None,
    action: str,
    thing: Any,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Add an event to the transaction of the change; the caller commits both.

    `action` is a Russian phrase, because admins read the journal.
    """
    db.session.flush()
    db.session.add(
        AuditEvent(
            actor_id=actor_id,
            action=action,
            object_type=type(thing).__name__,
            object_id=str(thing.id),
            object_title=_title(thing)[:200],
            before=before,
            after=after,
        )
    )


def _title(thing: Any) -> str:
    """Return what a thing is called now; it may be called otherwise later."""
    names = ("full_name", "title", "name", "number", "slug")
    return str(next((getattr(thing, n) for n in names if hasattr(thing, n)), ""))
