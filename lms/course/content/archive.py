"""Where the files of a module come from: a folder, or a zip of an unknown person."""

import hashlib
import io
import re
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from lms.core.config import MAX_MODULE
from lms.core.language import file_size
from lms.course.content.containers import (
    BROKEN,
    CrowdedError,
    name_of,
    open_archive,
)

TOO_BIG = f"больше {file_size(MAX_MODULE)}. Уменьшите файлы в папке media."
MAX_FILES = 500
MAX_RATIO = 200  # a plain text shrinks 5 times, the emptiest drawing 50 times

FOLDER = re.compile(r"(\d\d)-([a-z0-9]+(?:-[a-z0-9]+)*)")

_IGNORED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
_DRIVE = re.compile(r"[A-Za-z]:")
_ENCRYPTED = 0x1


class ArchiveError(Exception):
    """A zip that will not be opened; the text says why and what to do."""


class Archive(NamedTuple):
    """The files of one module and the name of their folder, if the zip had one."""

    folder: str
    files: dict[str, bytes]


def content_hash(files: Mapping[str, bytes]) -> str:
    """Return one SHA-256 for all files: the same files give the same hash."""
    total = hashlib.sha256()
    for path in sorted(files):
        digest = hashlib.sha256(files[path]).hexdigest()
        total.update(f"{digest}  {path}\n".encode())
    return total.hexdigest()


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by their path inside it, without hidden ones."""
    files: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_own_file = path.is_file() and not path.is_symlink()
        if is_own_file and not is_ignored(*inside.parts):
            files[inside.as_posix()] = path.read_bytes()
    return files


def read_zip(content: bytes) -> Archive:
    """Unpack a zip in memory, or raise `ArchiveError`.

    Nothing it declares is believed: names are checked, sizes are counted twice,
    before and while reading, and nothing is ever written to the disk.
    """
    if len(content) > MAX_MODULE:
        raise ArchiveError(f"Архив {TOO_BIG}")
    try:
        with open_archive(io.BytesIO(content)) as archive:
            files = _unpack(archive)
    except CrowdedError:
        raise ArchiveError(
            f"В архиве слишком много файлов и папок, а можно не больше {MAX_FILES}."
        ) from None
    except BROKEN:
        raise ArchiveError(
            "Файл не открывается как zip. Соберите архив заново."
        ) from None
    return _find_module(files)


def is_ignored(*parts: str) -> bool:
    """Tell the traces of computers from the work of people."""
    return any(
        (part.startswith(".") and part.strip(".")) or part in _IGNORED for part in parts
    )


def leads_outside(name: str) -> bool:
    """Tell the name of an entry that would be unpacked elsewhere than the others."""
    path = PurePosixPath(name.replace("\\", "/"))
    is_absolute = path.is_absolute() or _DRIVE.match(name) is not None
    return is_absolute or ".." in path.parts or not path.parts


def _unpack(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = [e for e in archive.infolist() if not e.filename.endswith("/")]
    if len(entries) > MAX_FILES:
        raise ArchiveError(
            f"В архиве {len(entries)} файлов, а можно не больше {MAX_FILES}."
        )
    if sum(entry.file_size for entry in entries) > MAX_MODULE:
        raise ArchiveError(f"В архиве {TOO_BIG}")
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    left = MAX_MODULE
    for entry in entries:
        path = _safe_path(entry)
        if is_ignored(*path.parts):
            continue
        name = path.as_posix()
        if name.casefold() in seen:
            raise ArchiveError(f"Файл {name} лежит в архиве дважды. Оставьте один.")
        seen.add(name.casefold())
        files[name] = _read_entry(archive, entry, name, left)
        left -= len(files[name])
    return files


def _safe_path(entry: zipfile.ZipInfo) -> PurePosixPath:
    """Return the path of an entry if it stays inside the archive."""
    name = name_of(entry)
    path = PurePosixPath(name.replace("\\", "/"))
    if leads_outside(name) or ":" in name:
        raise ArchiveError(
            f"Путь «{name}» ведёт за пределы архива. Соберите архив заново."
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ArchiveError(f"{name} — ссылка, а не файл. Положите сам файл.")
    return path


def _read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, left: int
) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise ArchiveError("Архив под паролем. Соберите его без пароля.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ArchiveError("Архив сжат необычно. Соберите обычный zip.")
    if entry.file_size > MAX_RATIO * max(entry.compress_size, 1024):
        raise ArchiveError(f"{name} сжат подозрительно сильно. Уберите этот файл.")
    with archive.open(entry) as file:
        content = file.read(left + 1)
    if len(content) > left:
        raise ArchiveError(f"В архиве {TOO_BIG}")
    return content


def _find_module(files: dict[str, bytes]) -> Archive:
    """Find the module at the root of the archive or in the only folder there."""
    if "lesson.md" in files:
        return Archive("", files)
    tops = {path.partition("/")[0] for path in files}
    folders = sorted(top for top in tops if FOLDER.fullmatch(top))
    if len(folders) > 1:
        raise ArchiveError("В архиве несколько занятий. Загружайте их по одному.")
    if len(tops) == 1 and f"{(top := tops.pop())}/lesson.md" in files:
        cut = len(top) + 1
        return Archive(top, {path[cut:]: files[path] for path in files})
    if any(path.lower().endswith(".zip") for path in files):
        raise ArchiveError(
            "Внутри архива ещё один архив. Распакуйте его и соберите заново."
        )
    raise ArchiveError("В архиве нет lesson.md: соберите архив из папки занятия.")
