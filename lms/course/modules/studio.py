"""All modules as an admin keeps them: what is live, and what is newer than that."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision


@dataclass(frozen=True)
class StudioRow:
    """Where a module stands between its newest revision and its readers."""

    module: Module
    live: Revision | None
    newest: Revision

    @property
    def has_draft(self) -> bool:
        return self.live is None or self.newest.number > self.live.number

    @property
    def shown(self) -> Revision:
        """The revision whose title people know."""
        return self.live or self.newest


def studio_rows() -> list[StudioRow]:
    """Return every module in the order of the course; one statement."""
    newest = (
        sa.select(sa.func.max(Revision.id))
        .where(Revision.module_id == Module.id)
        .correlate(Module)
        .scalar_subquery()
    )
    rows = db.session.execute(
        sa.select(Module, Revision)
        .join(Revision, Revision.id == newest)
        .order_by(Module.position)
        .options(joinedload(Module.current_revision))
    )
    return [
        StudioRow(module, module.current_revision, revision)
        for module, revision in rows
    ]
