"""What the letter of the day says to admins of requests about own data."""

from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from lms.identity.erasures.listing import count_waiting
from lms.identity.erasures.permissions import visible_requests
from lms.identity.erasures.wording import words_of_requests
from lms.overview.digest.talks import Line


def lines_of_data_requests(person: User) -> list[Line]:
    """Count what is open; the law gives it a term, so it cannot be switched off."""
    if not can_administer(person):
        return []
    waiting = count_waiting(visible_requests(person))
    if not waiting.open:
        return []
    words = words_of_requests(waiting.open, late=waiting.late)
    return [Line(words, site_link("erasures.index"))]
