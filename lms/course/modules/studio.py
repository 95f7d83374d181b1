"""All modules as an admin keeps them: what is live, and what is newer than that."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.course.releases.models import Release, ReleaseState


@dataclass(frozen=True)
class StudioRow:
    """Where a module stands between its newest revision and its readers."""

    module: Module
    live: Revision | None
    newest: Revision
    plan: Release | None

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
    is_planned = Release.state == ReleaseState.WAITING
    rows = db.session.execute(
        sa.select(Module, Revision, Release)
        .join(Revision, Revision.id == newest)
        .outerjoin(Release, sa.and_(Release.module_id == Module.id, is_planned))
        .order_by(Module.position)
        .options(joinedload(Module.current_revision), joinedload(Release.revision))
    )
    return [
        StudioRow(module, module.current_revision, revision, plan)
        for module, revision, plan in rows
    ]
