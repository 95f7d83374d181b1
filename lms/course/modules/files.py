"""The files of a revision: where they lie, what they are called, what their hash is."""

import hashlib
from collections.abc import Mapping

from lms.core.extensions import db
from lms.core.links import site_path
from lms.core.storage import find_stored, open_stored, store_bytes
from lms.course.content.archive import content_hash
from lms.course.content.file_types import MEDIA_TYPES
from lms.course.modules.models import MediaFile, Revision

# So much of a file's SHA-256 stands in its address.
DIGEST = 16
MEDIA = "media/"


def files_of(revision: Revision) -> dict[str, bytes]:
    """Return the files of a revision as they were imported."""
    files = {path: text.encode() for path, text in revision.sources.items()}
    for medium in revision.media:
        with open_stored(medium.sha256) as stored:
            files[MEDIA + medium.name] = stored.read()
    return files


def folder_of(revision: Revision) -> str:
    """Return the name of the folder that a revision came from."""
    return f"{revision.position:02}-{revision.module.slug}"


def files_hash(folder: str, files: Mapping[str, bytes]) -> str:
    """Return the hash of a module: another number of its folder is a change too."""
    return content_hash({f"{folder}/{path}": files[path] for path in files})


def media_path(slug: str, name: str, sha256: str) -> str:
    """Return the address of a picture or document; it changes with the content."""
    digest = sha256[:DIGEST]
    return site_path("modules.media", slug=slug, digest=digest, name=name)


def store_media(files: Mapping[str, bytes]) -> list[MediaFile]:
    """Put pictures and documents on the disk and return rows that are not stored yet.

    A file that no revision names does no harm, so each is committed by itself, and
    nobody waits for the disk of somebody else.
    """
    media = []
    for path, content in files.items():
        if not path.startswith(MEDIA):
            continue
        sha256 = hashlib.sha256(content).hexdigest()
        if find_stored(sha256) is None:
            db.session.rollback()  # hold no transaction while the disk is slow
            store_bytes(content)
        db.session.commit()
        kind = path.rpartition(".")[2].lower()
        media.append(
            MediaFile(
                name=path.removeprefix(MEDIA),
                sha256=sha256,
                media_type=MEDIA_TYPES[kind],
                size=len(content),
            )
        )
    return media
