"""What readers are told of releases, until they have said «Понятно»."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.releases.models import TOLD, Release, SeenRelease
from lms.identity.accounts.models import User

# Words about a lesson that each process keeps.
KEPT = 64


class Told(NamedTuple):
    """What readers were told of one release."""

    id: int
    instead_of_id: int | None
    released_at: datetime
    note: str


def releases_since(module_id: int, first_id: int) -> Sequence[Told]:
    """Return what readers were told of a module from a release on, oldest first."""
    told = sa.select(*(getattr(Release, name) for name in Told._fields))
    told = told.where(Release.module_id == module_id, Release.id >= first_id, *TOLD)
    return [Told(*row) for row in db.session.execute(told.order_by(Release.id))]


@lru_cache(maxsize=KEPT)
def releases_within(module_id: int, span: str, _live_hash: str) -> Sequence[Told]:
    """Return the same between two releases, «3-5»: what was told never changes.

    The hash of what is live tells apart what had the same ids before a backup was
    brought back.
    """
    first, last = map(int, span.split("-"))
    return [one for one in releases_since(module_id, first) if one.id <= last]


def dismiss(release: Release, *, reader: User) -> None:
    """Tell a reader no more of a release and of those before it."""
    key = {"user_id": reader.id, "module_id": release.module_id}
    seen = db.session.get(SeenRelease, key)
    if seen is None:
        db.session.add(SeenRelease(**key, release_id=release.id))
    elif seen.release_id < release.id:
        seen.release_id, seen.seen_at = release.id, utcnow()
    try:
        db.session.commit()
    except IntegrityError:  # the other of two clicks was faster
        db.session.rollback()
