"""Pairs of schools for tests."""

from datetime import timedelta

from lms.core.language import today
from lms.network.pairs.services import add_event, open_pair


def pair_of(one, other, actor, *, days_ago=0):
    """Bring the schools of two teams together."""
    return open_pair(
        one.school,
        other.school,
        goal="Учиться друг у друга.",
        signed_on=today() - timedelta(days=days_ago),
        until=None,
        actor=actor,
    )


def event_of(pair, author, *, days=0, **changes):
    """Put an event into the plan, so many days from today."""
    values = {
        "what": "Круглый стол",
        "begins_on": today() + timedelta(days=days),
        "ends_on": None,
        "planned": "Три истории.",
        "outcome": "",
    }
    return add_event(pair, values | changes, author=author)
