"""A drawing as a part of the page, with the font and the colours of the site.

What stands in <img> knows nothing of the page around it, so its words would be set in
whatever font the reader's machine has.
"""

import re
from xml.etree.ElementTree import Element, ParseError, tostring

from defusedxml.ElementTree import fromstring

BLOCK = "drawing"  # the class by which a drawing asks to be a part of the page

_SHAPES = frozenset(
    ["circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect"]
)
_WORDS = frozenset(["text", "tspan"])
_ATTRIBUTES = frozenset(
    [
        *("viewBox", "class", "transform", "d", "points", "x", "y", "x1", "y1", "x2"),
        *("y2", "cx", "cy", "r", "rx", "ry", "dx", "dy", "width", "height"),
        *("font-size", "font-weight", "text-anchor", "opacity", "stroke-width"),
        *("stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    ]
)
_VALUE = re.compile(r"[\w\s.,%()+-]*")
_DEEPEST = 12
_LARGEST = 20_000  # bytes; a page is no place for more


def draw(content: bytes, alternative: str) -> str | None:
    """Return a drawing that asks for it as HTML, or nothing; what it shows is said.

    Only names and values known to be harmless pass. A class becomes a part of the
    block `drawing`, where it finds its colour.
    """
    if len(content) > _LARGEST:
        return None
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, ValueError):
        return None
    if BLOCK not in root.get("class", "").split():
        return None
    _keep_what_is_drawn(root, _DEEPEST)
    root.attrib |= {"class": BLOCK, "role": "img", "aria-label": alternative}
    root.tail = None
    return tostring(root, encoding="unicode")


def _keep_what_is_drawn(element: Element, deepest: int) -> None:
    element.tag = _name(element)
    element.attrib = {
        name: value
        for name, value in element.attrib.items()
        if name in _ATTRIBUTES and _VALUE.fullmatch(value)
    }
    if "class" in element.attrib:
        parts = element.attrib["class"].split()
        element.set("class", " ".join(f"{BLOCK}__{part}" for part in parts))
    if element.tag not in _WORDS:
        element.text = None
    for child in list(element):
        if deepest and _name(child) in _SHAPES | _WORDS:
            _keep_what_is_drawn(child, deepest - 1)
            child.tail = child.tail if element.tag in _WORDS else None
        else:
            element.remove(child)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
