"""What waits for a person among schools that help one another."""

from lms.identity.accounts.models import User
from lms.network.mentors.errands import errands_of
from lms.overview.home.concern import Concern


def waiting_in_network(user: User) -> list[Concern]:
    """Return a line for each thing that waits."""
    return [Concern(one.sentence, one.endpoint) for one in errands_of(user)]
