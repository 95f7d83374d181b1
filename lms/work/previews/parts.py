"""Reading the XML inside an office document, piece by piece and within bounds."""

from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, XMLPullParser

MAX_XML = 16 * 1024 * 1024
CHUNK = 64 * 1024

Part = IO[bytes]


class FullError(Exception):
    """The bounds are reached; what was read so far is the excerpt."""


def events_of(part: Part) -> Iterator[tuple[str, Element]]:
    """Parse piece by piece, so that a bomb is left before it goes off."""
    parser: Any = XMLPullParser(["start", "end"])
    size = 0
    while chunk := part.read(CHUNK):
        size += len(chunk)
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise ValueError("a document type has no business here")
        if size > MAX_XML:
            raise FullError
        parser.feed(chunk)
        yield from parser.read_events()
    parser.close()


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return element.tag.rpartition("}")[2]
