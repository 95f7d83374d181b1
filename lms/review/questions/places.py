"""The sections of a lesson that may be asked about, and where they are now.

Authors rename headings and take sections out. A section is the same as before if its
heading has the same address or name, or if most of its words are the same.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from lms.course.content.checks import without_checks
from lms.course.modules.contents import KEPT_REVISIONS, Named, content_of
from lms.text.stored import plain_text

HEADING = re.compile(r'(?s)<h2\b[^>]*\bid="([^"]+)"[^>]*>(.*?)</h2>')
# So many of the words of two sections are the same, if it is one section.
ALIKE = 0.6


class Place(NamedTuple):
    """A section of a lesson: its address, its heading, and what stands in it."""

    anchor: str
    title: str
    html: str

    @property
    def words(self) -> frozenset[str]:
        return frozenset(plain_text(self.html).lower().split())


def places_of(revision: Named) -> Mapping[str, Place]:
    """Return the sections of a revision by their addresses, in order."""
    return _read_places(revision.id, revision.content_hash)


def place_now(anchor: str, then: Named, now: Named | None) -> Place | None:
    """Find in the revision that is read what a section of an older one has become."""
    if now is None:
        return None
    return _find(anchor, then.id, then.content_hash, now.id, now.content_hash)


@lru_cache(maxsize=KEPT_REVISIONS)
def _read_places(revision_id: int, content_hash: str) -> Mapping[str, Place]:
    html = without_checks(content_of(_Named(revision_id, content_hash)).lesson.html)
    found = list(HEADING.finditer(html))
    ends = [heading.start() for heading in found[1:]] + [len(html)]
    return {
        heading[1]: Place(
            heading[1], plain_text(unescape(heading[2])), html[heading.end() : end]
        )
        for heading, end in zip(found, ends, strict=True)
    }


class _Named(NamedTuple):
    id: int
    content_hash: str


@lru_cache(maxsize=1024)
def _find(
    anchor: str, then: int, then_hash: str, now: int, now_hash: str
) -> Place | None:
    places = _read_places(now, now_hash)
    if anchor in places:
        return places[anchor]
    before = _read_places(then, then_hash)
    was = before.get(anchor)
    if was is None:
        return None
    # What has kept its address is itself, and nothing else has become it.
    fresh = [place for address, place in places.items() if address not in before]
    same = (place for place in fresh if place.title == was.title)
    likest = max(fresh, key=lambda place: _likeness(was, place), default=None)
    if likest and _likeness(was, likest) < ALIKE:
        likest = None
    return next(same, likest)


def _likeness(one: Place, other: Place) -> float:
    """Return which part of their words two sections have in common."""
    either = one.words | other.words
    return len(one.words & other.words) / len(either) if either else 0.0
