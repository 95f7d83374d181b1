"""What an admin uploads: a zip of a module folder, or one of its texts."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import BinaryIO, NamedTuple

from lms.core.config import MAX_MODULE
from lms.core.errors import RuleError
from lms.core.pictures import (
    CONVERTED,
    PHOTOS,
    PictureError,
    clean_picture,
    open_picture_sandbox,
)
from lms.core.sandbox import Sandbox
from lms.course.content.archive import ArchiveError, read_zip
from lms.course.content.content import TEXTS
from lms.course.content.media import complaint_about


class ModuleUpload(NamedTuple):
    """The files of a module and the folder they belong to."""

    folder: str
    files: dict[str, bytes]


def open_module_upload(
    name: str, stream: BinaryIO, *, folder: str, files: Mapping[str, bytes]
) -> ModuleUpload:
    """Read an upload; `folder` and `files` are those of the chosen module, if any.

    One text takes the place of the same one among the files of the module. Nothing
    of an archive is believed (see `read_zip`), and whatever is wrong with it is a
    `RuleError`.
    """
    content = stream.read(MAX_MODULE + 1)
    if content.startswith(b"PK") or name.lower().endswith(".zip"):
        return _open_zip(content, folder)
    if not name.lower().endswith(".md"):
        raise RuleError("Загрузите zip-архив папки занятия или один файл .md.")
    if not folder:
        raise RuleError("Выберите занятие, в которое входит этот файл.")
    text = PurePath(name).name.lower()
    place = text if text in TEXTS else "lesson.md"
    return ModuleUpload(folder, {**files, place: content})


def _open_zip(content: bytes, folder: str) -> ModuleUpload:
    try:
        archive = read_zip(content)
    except ArchiveError as refusal:
        raise RuleError(str(refusal)) from None
    if not archive.folder and not folder:
        raise RuleError(
            "В архиве нет папки занятия вида «04-nastavnichestvo», и занятие не"
            " выбрано. Выберите занятие или соберите архив из папки."
        )
    if folder and archive.folder and _slug(folder) != _slug(archive.folder):
        raise RuleError(
            f"В архиве занятие «{_slug(archive.folder)}», а выбрано «{_slug(folder)}»."
            " Выберите другое занятие или загрузите другой архив."
        )
    return ModuleUpload(archive.folder or folder, _without_secrets(archive.files))


def _without_secrets(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Turn photos as they were held, without place and camera; the text names them.

    What is no picture stays as it is, and the check of the module says so.
    """
    with open_picture_sandbox() as sandbox:
        return {path: _clean(sandbox, path, files[path]) for path in files}


def _clean(sandbox: Sandbox, path: str, content: bytes) -> bytes:
    kind = path.rpartition(".")[2].lower()
    if kind not in PHOTOS - CONVERTED.keys() or complaint_about(kind, content):
        return content
    try:
        return clean_picture(sandbox, kind, content).content
    except PictureError as refusal:
        raise RuleError(f"{path}: {refusal}.") from None


def _slug(folder: str) -> str:
    return folder.partition("-")[2]
