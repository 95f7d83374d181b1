"""Lessons in the letter of the day: what is said of them, and where to read on."""

from collections.abc import Iterable
from datetime import datetime

from lms.core.language import course_day, today
from lms.core.links import site_link
from lms.course.cohorts.programme import lesson_title
from lms.identity.accounts.models import User
from lms.overview.agenda.entries import Entry, Kind
from lms.overview.digest.naming import Names, title_of
from lms.work.credits.news import releases_for_writer


def address_of(entry: Entry) -> str:
    """Return where a line of the calendar is read or written."""
    if entry.work:
        return site_link("submissions.work", submission_id=entry.work.id)
    return site_link("modules.read", slug=entry.module.slug) if entry.module else ""


def openings_of(
    entries: Iterable[Entry], names: Names, since: datetime
) -> list[tuple[str, str]]:
    """Name the lessons that have opened after the day of the letter before.

    They come cohort by cohort for those who have several.
    """
    told_on = course_day(since)
    return [
        (title_of(entry, names), address_of(entry))
        for entry in entries
        if entry.kind is Kind.OPENING
        and told_on < entry.day <= today()
        and entry.is_readable
    ]


def renewals_of(person: User, names: Names, since: datetime) -> list[tuple[str, str]]:
    """Name the lessons that were changed meanwhile, while the team writes."""
    return [
        (
            f"{names[cohort_id]}{lesson_title(release.module)} — {release.note}",
            site_link("modules.read", slug=release.module.slug),
        )
        for release, cohort_id in releases_for_writer(person, since=since)
    ]
