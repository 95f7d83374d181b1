"""What lists and paths know of a module: chosen columns, no rows to keep track of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision


class RevisionOutline(NamedTuple):
    """What a list says of the revision that is read."""

    id: int
    content_hash: str
    title: str
    short_title: str
    summary: str
    minutes: int
    assignment_title: str | None
    assignment_by: str | None


class ModuleOutline(NamedTuple):
    """A module in its place in the course."""

    id: int
    slug: str
    position: int
    # When the general answers or the practices below the lesson changed; None: there
    # were none.
    shared_at: datetime | None
    # None: withdrawn or never published.
    current_revision: RevisionOutline | None

    @property
    def is_live(self) -> bool:
        return self.current_revision is not None


_OF_MODULE = (Module.id, Module.slug, Module.position, Module.shared_at)
_OF_REVISION = tuple(getattr(Revision, name) for name in RevisionOutline._fields)
# To be chosen where `Module` is joined with what `IS_CURRENT` names, perhaps nothing.
OUTLINE = (*_OF_MODULE, *_OF_REVISION)
IS_CURRENT = Revision.id == Module.current_revision_id
_SIZE = len(OUTLINE)


def split_outline(row: Sequence[Any]) -> tuple[ModuleOutline, Sequence[Any]]:
    """Return the module with which a row begins, and the rest of the row."""
    module_id, slug, position, shared_at, *of_revision = row[:_SIZE]
    live = RevisionOutline(*of_revision) if of_revision[0] is not None else None
    return ModuleOutline(module_id, slug, position, shared_at, live), row[_SIZE:]


def live_modules(fact: sa.ScalarSelect[Any]) -> list[tuple[ModuleOutline, Any]]:
    """Return every module that is read, with one fact about each; one statement."""
    rows = db.session.execute(
        sa.select(*OUTLINE, fact)
        .select_from(Module)
        .join(Revision, IS_CURRENT)
        .order_by(Module.position)
    )
    return [(module, fact) for module, (fact,) in map(split_outline, rows)]
