"""What is said of a coordinating council, for tests."""

from lms.core.language import today
from lms.network.councils.models import Side


def member_words(**changes):
    """What is said of a member of the council, apart from `changes`."""
    words = {"name": "Котов Иван", "position": "директор депо"}
    words |= {"side": Side.ORGANISATION, "since": None, "left_on": None}
    return words | changes


def meeting_words(**changes):
    """What is said of a meeting that was held today, apart from `changes`."""
    words = {"held_on": today(), "agenda": "План на год", "decisions": "Принять"}
    return words | changes
