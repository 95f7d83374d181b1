"""What waits for a person among schools that help one another."""

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.network.mentors.errands import errands_of
from lms.network.pairs.listing import quiet_in_words
from lms.overview.home.concern import Concern


def waiting_in_network(user: User) -> list[Concern]:
    """Return a line for each thing that waits; quiet pairs are for coordinators."""
    errands = [Concern(one.sentence, one.endpoint) for one in errands_of(user)]
    quiet = quiet_in_words(user) if can_coordinate(user) else ""
    return [*errands, Concern(quiet, "pairs.index")] if quiet else errands
