"""The drawings of a lesson, written into its text where they stand."""

import html
import re
from collections.abc import Mapping

from lms.core.storage import open_stored
from lms.text.drawing import draw

_PICTURE = re.compile(r'<img(?: [a-z]+="[^"]*")+>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def write_drawings(text: str, stored: Mapping[str, str]) -> str:
    """Return a lesson's text with drawings in the places of the pictures they are.

    `stored` gives the hash of every drawing by its address. What cannot be read now,
    or is no drawing for a page, stays a picture.
    """
    return _PICTURE.sub(lambda found: _drawing(found[0], stored) or found[0], text)


def _drawing(picture: str, stored: Mapping[str, str]) -> str | None:
    said = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(picture)}
    sha256 = stored.get(said.get("src", ""))
    if sha256 is None:
        return None
    try:
        with open_stored(sha256) as file:
            content = file.read()
    except OSError:
        return None
    return draw(content, said.get("alt", ""))
