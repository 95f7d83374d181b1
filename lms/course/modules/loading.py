"""Modules for a page: found if the person, or everybody, may read them, else 404."""

from typing import NamedTuple

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.files import DIGEST
from lms.course.modules.models import MediaFile, Module, Revision
from lms.course.modules.permissions import (
    open_media,
    open_modules,
    visible_modules,
)


class Title(NamedTuple):
    """A lesson in the list beside the open one."""

    position: int
    short_title: str


def is_open(slug: str) -> bool:
    """Tell whether guests may read this lesson."""
    found = open_modules().where(Module.slug == slug).exists()
    return bool(db.session.scalar(sa.select(found)))


def is_open_file(slug: str, digest: str, name: str) -> bool:
    """Tell whether guests may have this file, because the open lesson shows it."""
    found = with_address(open_media(), slug, digest, name).exists()
    return bool(db.session.scalar(sa.select(found)))


def with_address(
    media: sa.Select[MediaFile], slug: str, digest: str, name: str
) -> sa.Select[MediaFile]:
    """Take the file with this address from those that somebody sees."""
    return media.where(
        Module.slug == slug,
        MediaFile.name == name,
        sa.func.substr(MediaFile.sha256, 1, DIGEST) == digest,
    )


def open_module(slug: str = "") -> Module | None:
    """Return the open lesson, if there is one and it is called so."""
    query = open_modules().options(joinedload(Module.current_revision))
    return db.session.scalar(query.where(Module.slug == slug) if slug else query)


def titles() -> list[Title]:
    """Return what the live lessons are called, in the order of the course."""
    live = sa.select(Module.position, Revision.short_title).join(
        Revision, Revision.id == Module.current_revision_id
    )
    return [Title(*row) for row in db.session.execute(live.order_by(Module.position))]


def one_module(slug: str) -> sa.Select[Module]:
    """Select a module if the current user may read it."""
    module = visible_modules(current_user).where(Module.slug == slug)
    return module.options(joinedload(Module.current_revision))


def get_module(slug: str) -> Module:
    """Load a module that the current user may read, or answer 404."""
    return db.first_or_404(one_module(slug))
