"""Where links and pictures of a text may lead."""

import re
from collections.abc import Collection
from difflib import get_close_matches

from lms.course.content.file_types import PICTURES
from lms.course.content.problems import did_you_mean
from lms.text.conventions import MODULE_LINK, WEB_LINK
from lms.text.page import Picture

# Of more places, the one that was meant is not looked for: that would take seconds.
MOST_PLACES = 300


def link_complaint(
    target: str, files: Collection[str], slugs: Collection[str], ids: Collection[str]
) -> str:
    """Say why a link may not lead where it leads, or nothing."""
    lower = target.lower()
    if lower.startswith(("https://", "mailto:")):
        return ""
    if lower.startswith("http://"):
        return f"ссылка {target} без шифрования: нужен адрес на https://"
    if module := MODULE_LINK.fullmatch(target):
        known = module[1] in slugs
        return "" if known else f"нет занятия «{module[1]}»: проверьте ссылку {target}"
    if target.startswith("#"):
        return _missing_place(target, ids)
    if target.startswith("media/"):
        return _missing_file(target, files)
    if WEB_LINK.match(target) or re.match(r"[a-zA-Z][\w+.-]*:", target):
        return f"ссылка {target} не допускается: нужен адрес на https://"
    return (
        f"ссылка «{target}» никуда не ведёт: бывают https://…, media/файл, #место "
        "и ../NN-slug/lesson.md"
    )


def _missing_place(target: str, ids: Collection[str]) -> str:
    if target[1:] in ids:
        return ""
    known = sorted(ids)[:MOST_PLACES]
    close = get_close_matches(target[1:], known, n=1)
    hint = f". Может быть, #{close[0]}?" if close else ""
    return f"на странице нет места {target}{hint}"


def picture_complaint(picture: Picture, files: Collection[str]) -> str:
    """Say why a picture cannot be shown, or nothing."""
    target = picture.target
    if not target.startswith("media/"):
        return f"картинка «{target}»: положите файл в media/ и пишите media/имя"
    if target.rpartition(".")[2].lower() not in PICTURES:
        return f"{target} не картинка: подойдут svg, png, jpg, webp"
    return _missing_file(target, files)


def _missing_file(target: str, files: Collection[str]) -> str:
    if target in files:
        return ""
    media = [path for path in files if path.startswith("media/")]
    return f"нет файла {target}. {did_you_mean(target, media)}".strip()
