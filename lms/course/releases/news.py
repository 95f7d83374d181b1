"""What readers are told of releases, until they have said «Понятно»."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.releases.models import TOLD, Release, SeenRelease
from lms.identity.accounts.models import User


def releases_since(module_id: int, first_id: int) -> Sequence[Release]:
    """Return what readers were told of a module from a release on, oldest first."""
    told = sa.select(Release).where(Release.module_id == module_id, *TOLD)
    return db.session.scalars(
        told.where(Release.id >= first_id).order_by(Release.id)
    ).all()


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
