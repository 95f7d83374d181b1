"""Teams of the demonstration that need their tutor."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.demo.story import TeamStory
from lms.schools.teams.permissions import active_membership


def captain_left(team: TeamStory, modules: dict[int, Module]) -> None:
    """A work came back, then the captain left."""
    team.accept(modules[1], days_ago=118)
    team.give_back(modules[2], days_ago=34)
    captain = active_membership(team.members[0])
    if captain:
        captain.left_at = utcnow() - timedelta(days=26)
    db.session.commit()


def fell_silent(team: TeamStory, modules: dict[int, Module]) -> None:
    """A work came back, and nobody has done anything since."""
    team.accept(modules[1], days_ago=121)
    team.give_back(modules[2], days_ago=29)
