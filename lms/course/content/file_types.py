"""Types of files that modules and works may hold, and how each is recognised."""

import io
import re
from collections.abc import Iterable

from lms.course.content.containers import (
    BROKEN,
    CrowdedError,
    is_locked,
    open_archive,
    read_beginning,
)

_OFFICE = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odp": b"application/vnd.oasis.opendocument.presentation",
}
_MACROS = re.compile(r"(?i)(^|/)(vbaProject\.bin|vbaData\.xml)$|^(Basic|Scripts)/.")
_MAX_UNPACKED = 200 * 1024 * 1024

# Not from `mimetypes`: what that module knows depends on the machine.
PICTURES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
DOCUMENTS = {
    "pdf": "application/pdf",
    "docx": f"{_OPEN_XML}.wordprocessingml.document",
    "xlsx": f"{_OPEN_XML}.spreadsheetml.sheet",
    "pptx": f"{_OPEN_XML}.presentationml.presentation",
} | {kind: name.decode() for kind, name in _OPEN_DOCUMENT.items()}
MEDIA_TYPES = PICTURES | DOCUMENTS


def named(kinds: Iterable[str]) -> str:
    """Name kinds of files for people, «pdf, docx»; each under its usual name."""
    return ", ".join(kind for kind in kinds if kind not in {"jpeg", "heif"})


def _anew(program: str, kind: str) -> str:
    return f"откройте его в {program} и сохраните как .{kind}"


_PHONE = (
    "пошлите снимок как .jpg: на iPhone «Настройки», «Камера», «Форматы»,"
    " «Наиболее совместимые», или откройте снимок и сохраните его копию в JPEG"
)
_ARCHIVE = "соберите архив .zip: его открывают на любом компьютере"
_FILM = "положите запись в облако и дайте ссылку на неё в тексте"
_TABLE = _anew("Excel или LibreOffice Calc", "xlsx")
_TEXT = _anew("Word или LibreOffice Writer", "docx")
_SLIDES = _anew("PowerPoint или LibreOffice Impress", "pptx")
_PICTURE = _anew("любой программе для картинок", "png")
_MAC = "в меню «Файл» выберите «Экспортировать» и сохраните как"
# What people send and the site does not take, with the way to send it after all.
_CURES = (
    dict.fromkeys(["doc", "rtf", "docm", "dot", "dotx", "txt", "md", "html"], _TEXT)
    | dict.fromkeys(["xls", "xlsm", "xlsb", "csv"], _TABLE)
    | dict.fromkeys(["ppt", "pptm", "pps", "ppsx"], _SLIDES)
    | dict.fromkeys(["heic", "heif"], _PHONE)
    | dict.fromkeys(["gif", "bmp", "tif", "tiff", "svg", "avif", "psd"], _PICTURE)
    | dict.fromkeys(["rar", "7z", "tar", "gz", "tgz"], _ARCHIVE)
    | dict.fromkeys(["mp4", "mov", "avi", "mkv", "webm", "mp3", "m4a", "wav"], _FILM)
    | {"pages": f"{_MAC} .docx", "numbers": f"{_MAC} .xlsx", "key": f"{_MAC} .pptx"}
)


def cure_for(kind: str) -> str:
    """Say how to save a file of a kind that is not taken so that it is, or nothing."""
    return _CURES.get(kind, "")


def document_complaint(kind: str, content: bytes) -> str:
    """Say why a document is not what its name promises, or nothing."""
    wrong = f"внутри не {kind}: сохраните документ заново в этом формате"
    if kind == "pdf":
        return "" if b"%PDF-" in content[:1024] else wrong
    if is_locked(io.BytesIO(content)):
        return "документ под паролем: сохраните его без пароля"
    try:
        with open_archive(io.BytesIO(content)) as document:
            entries = document.infolist()
            names = {entry.filename for entry in entries}
            if sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
                return "внутри документа больше 200 МБ: уменьшите картинки в нём"
            if any(map(_MACROS.search, names)):
                return "в документе есть макросы: сохраните его без них"
            if kind in _OFFICE:
                is_right = {"[Content_Types].xml", _OFFICE[kind]} <= names
            else:
                is_right = (
                    "mimetype" in names
                    and read_beginning(document, "mimetype", 200).strip()
                    == _OPEN_DOCUMENT[kind]
                )
    except CrowdedError:
        return "внутри документа слишком много частей: сохраните его заново"
    except BROKEN:
        return wrong
    return "" if is_right else wrong
