"""Pictures and documents that an editor has added and no revision has yet.

They are stored at once, so neither a refusal nor a closed lid loses them; the page
holds a signed name of each. What no revision names after two days is swept away.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from werkzeug.datastructures import FileStorage

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.kept_files import KeptFile
from lms.core.pictures import (
    CONVERTED,
    PHOTOS,
    PictureError,
    clean_picture,
    open_picture_sandbox,
)
from lms.course.content.file_types import MEDIA_TYPES, PICTURES
from lms.course.content.media import check_media, complaint_about
from lms.course.content.problems import Problems
from lms.course.modules.files import MEDIA
from lms.text.anchors import transliterate

_STRANGE = re.compile(r"[^a-z0-9]+")
LONGEST = 60


@dataclass(frozen=True)
class PendingFile(KeptFile):
    """A stored file and the name that it will have in the module."""

    PURPOSE = "file of a module"

    @property
    def kind(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def markdown(self) -> str:
        """Return what the text needs to show it, with words to be replaced."""
        link = f"[Что на картинке]({MEDIA}{self.name})"
        return f"!{link}" if self.is_picture else f"[Название]({MEDIA}{self.name})"


def keep(file: FileStorage, *, folder: str, taken: Collection[str] = ()) -> PendingFile:
    """Check a file as a module is checked, and store it; `taken` are names to avoid."""
    name, content = _without_secrets(file)
    name = _free(name, taken)
    problems = Problems()
    check_media(folder, {MEDIA + name: content}, problems)
    if problems.has_errors:
        raise RuleError(f"{file.filename}: {next(iter(problems)).message}.")
    return PendingFile.keep(name, content)


def _without_secrets(file: FileStorage) -> tuple[str, bytes]:
    """Read a file; a photo is turned as it was held and loses place and camera."""
    name, content = safe_name(file.filename or ""), file.stream.read(MAX_FILE + 1)
    stem, _, kind = name.rpartition(".")
    if kind not in PHOTOS or len(content) > MAX_FILE:
        return name, content
    if kind not in CONVERTED and complaint_about(kind, content):
        return name, content  # `check_media` says it
    db.session.rollback()  # no transaction waits for the child
    try:
        with open_picture_sandbox() as sandbox:
            picture = clean_picture(sandbox, kind, content)
    except PictureError as refusal:
        raise RuleError(f"{file.filename}: {refusal}.") from None
    return f"{stem}.{picture.kind}", picture.content


def safe_name(name: str) -> str:
    """Write a name in Latin letters: «Путь пары.PNG» becomes «put-pary.png»."""
    stem, _, kind = PurePath(name.replace("\\", "/")).name.lower().rpartition(".")
    return f"{transliterate(stem)[:LONGEST]}.{_STRANGE.sub('', kind)}"


def read_tokens(tokens: Iterable[str]) -> dict[str, PendingFile]:
    """Return the files that a page names, by name; of two the later one."""
    found = map(PendingFile.of, tokens)
    return {file.name: file for file in found}


def _free(name: str, taken: Collection[str]) -> str:
    stem, _, kind = name.rpartition(".")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem}-{number}.{kind}"
    return name
