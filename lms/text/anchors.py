"""Ids of headings, in letters that every address may hold."""

import re
import unicodedata
from urllib.parse import unquote

from lms.text.conventions import WEB_LINK

_LETTERS = str.maketrans(
    "абвгдезийклмнопрстуфхцыэ", "abvgdeziyklmnoprstufhcye"
) | str.maketrans(
    {"ё": "yo", "ж": "zh", "ч": "ch", "ш": "sh", "щ": "sch", "ю": "yu", "я": "ya"}
    | {"ъ": "", "ь": ""}
)


def transliterate(text: str, separator: str = "-") -> str:
    """Turn a Russian heading into an id: «Кого звать» → `kogo-zvat`."""
    latin = text.lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", separator, plain).strip(separator) or "razdel"


def latin_anchor(target: str) -> str:
    """Lead to a heading by its Russian name as well, like GitHub: `#кого-звать`."""
    page, mark, place = target.partition("#")
    place = unquote(place)
    if not mark or place.isascii() or WEB_LINK.match(page):
        return target
    return f"{page}#{transliterate(place)}"
