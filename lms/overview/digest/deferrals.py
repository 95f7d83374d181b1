"""What the letter of the day says of days that were asked for."""

from datetime import datetime

from lms.core.language import day, plural
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.identity.letters.models import Letter
from lms.overview.digest.naming import Names, lesson_of
from lms.overview.digest.talks import Line
from lms.overview.digest.team_letter import Relief
from lms.review.deferrals.listing import answered_since, count_open
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.permissions import decidable_deferrals


def lines_of_deferrals(
    person: User, relief: Relief, names: Names, since: datetime
) -> list[Line]:
    """Name the answers since the letter before, and count what waits for a tutor."""
    lines = [
        _answer(deferral, names)
        for deferral in answered_since(person, since)
        if not relief.spares(Letter.DEFERRAL, deferral.submission)
    ]
    if can_judge(person) and (count := count_open(decidable_deferrals(person))):
        asked = plural(count, "просьба ждёт", "просьбы ждут", "просьб ждут")
        lines.append(Line(f"{asked} ответа", site_link("deferrals.index")))
    return lines


def _answer(deferral: Deferral, names: Names) -> Line:
    work = deferral.submission
    outcome = deferral.state.value
    if deferral.granted_on:
        outcome = f"срок продлён до {day(deferral.granted_on)}"
    words = f". {deferral.answer}" if deferral.answer else ""
    return Line(
        f"{lesson_of(work, names)} — {outcome}{words}",
        site_link("submissions.work", submission_id=work.id),
    )
