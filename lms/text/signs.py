"""What a line of Markdown begins with."""

import re
from typing import NamedTuple

from lms.text.fence import FENCE

STEP = 4
ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?: +(.*)|$)")
RULE = re.compile(r"((\* *){3,}|(- *){3,}|(_ *){3,})$")
UNDERLINE = re.compile("-+|=+")
HEADING = re.compile(r"#{1,6}\s")
TABLE_RULE = re.compile(r"[\s|]*:?-[-\s|:]*$")
BOX = re.compile(r"!!! |\[\^[^\]]+\]:|: +\S")
QUOTE = re.compile(r" *> ?")


class BareMark(NamedTuple):
    """The mark of an item without words beside it."""

    line: int
    mark: str
    indent: int


def indent_of(line: str) -> int:
    """Count the spaces before the words of a line."""
    return len(line) - len(line.lstrip(" "))


def begins_block(text: str) -> bool:
    """Tell whether a line begins something, whatever stands above it."""
    signs = RULE, ITEM, FENCE, HEADING
    return text[0] == ">" or any(sign.match(text) for sign in signs)


def as_words(text: str) -> str:
    """Escape the sign with which a line begins, where it means nothing."""
    if item := ITEM.match(text):
        mark = len(item[1]) - 1
        return f"{text[:mark]}\\{text[mark:]}"
    is_sign = begins_block(text) or UNDERLINE.fullmatch(text.strip())
    return f"\\{text}" if is_sign else text


def breaks_text(mark: str) -> bool:
    """Tell the mark that begins a list in the middle of a paragraph."""
    return not mark[0].isdigit() or mark[:-1] == "1"
