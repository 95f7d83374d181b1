"""Names of files that people send."""

import re
import unicodedata
from pathlib import PurePosixPath

# What no name of a file may hold, and what a person writes instead.
INSTEAD = [
    (re.compile(r"\s*:(\s+|$)|\s*\|\s*"), " — "),
    (re.compile(r"[:/\\]"), "-"),
    (re.compile(r'[<>"?*]'), ""),
]


def name_after(title: str, extension: str) -> str:
    """Return what a file is called that people know by a title."""
    for sign, word in INSTEAD:
        title = sign.sub(word, title)
    words = " ".join(title.split()).strip(" .—") or "файл"
    return clean_name(f"{words}.{extension}")


def clean_name(name: str) -> str:
    """Return a name that is safe to show and to save: no folders, no controls."""
    base = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    visible = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    visible = re.sub(r'[<>:"|?*/]', "_", visible).strip(" .") or "файл"
    path = PurePosixPath(visible)
    return path.stem[: 150 - len(path.suffix)] + path.suffix[:20]
