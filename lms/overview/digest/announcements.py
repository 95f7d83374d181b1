"""What the letter of the day says of announcements."""

from collections.abc import Iterable
from textwrap import shorten

from lms.core.links import site_link
from lms.overview.announcements.models import Announcement
from lms.overview.digest.naming import Names
from lms.overview.digest.talks import Line
from lms.text.stored import letter_text

LONGEST_WORDS = 600


def lines_of_announcements(news: Iterable[Announcement], names: Names) -> list[Line]:
    """Give the words, or the beginning of long ones, with the page of the rest."""
    return [
        Line(
            shorten(_words_of(one, names), LONGEST_WORDS, placeholder="…"),
            site_link("announcements.announcement", announcement_id=one.id),
        )
        for one in news
    ]


def _words_of(one: Announcement, names: Names) -> str:
    corrected = " (исправлено)" if one.is_corrected else ""
    return f"{names[one.cohort_id]}{one.title}{corrected}. {letter_text(one.html)}"
