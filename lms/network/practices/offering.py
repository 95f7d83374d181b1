"""What the page of an accepted work says of the bank."""

from dataclasses import dataclass

from lms.identity.accounts.models import User
from lms.network.practices.models import Practice
from lms.network.practices.writing import card_of, offered_attempt
from lms.schools.teams.permissions import is_captain
from lms.work.submissions.models import Attempt
from lms.work.submissions.permissions import can_write


@dataclass(frozen=True)
class Offer:
    """The card of an attempt; without one, a captain may make it."""

    practice: Practice | None


def offer_of(attempt: Attempt, user: User) -> Offer | None:
    """Return what the team is shown beside the attempt that was accepted last."""
    submission = attempt.submission
    if not submission.is_accepted or submission.team is None:
        return None
    if not can_write(user, submission):
        return None
    if practice := card_of(attempt):
        return Offer(practice)
    newest = offered_attempt(submission)
    is_newest = newest is not None and newest.id == attempt.id
    may_offer = is_newest and is_captain(user, submission.team)
    return Offer(None) if may_offer else None
