"""What the site knows of a number that a school sends itself; the school decides."""

from typing import NamedTuple

from lms.core.language import today
from lms.core.periods import HalfYear
from lms.network.ventures.figures import with_written_agreement
from lms.schools.teams.models import School

PARTNERS = "partners"


class Hint(NamedTuple):
    """So many of so many, and the page that counts them."""

    part: int
    whole: int
    endpoint: str


def hints_for(school: School, period: HalfYear) -> dict[str, Hint]:
    """Return hints by the key of the indicator; one statement.

    A register that is still empty knows nothing.
    """
    on = min(period.ends_on, today())
    found = with_written_agreement([school.id], on).get(school.id)
    if found is None:
        return {}
    return {PARTNERS: Hint(*found, "partners.register")}
