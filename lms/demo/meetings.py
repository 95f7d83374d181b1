"""Meetings of the demonstration: two that were held and one to come."""

from datetime import datetime, time, timedelta

from lms.core.language import site_zone, today
from lms.demo.story import TeamStory, backdate
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.services import Arrangement, create_meeting

HELD_DAYS_AGO = (33, 4)


def evening(days: int) -> datetime:
    """Return five in the afternoon, so many days from today."""
    return datetime.combine(today() + timedelta(days), time(17), tzinfo=site_zone())


def meetings(story: TeamStory) -> None:
    """Let the tutor of a team meet it, and call it together once more."""
    call(story, "Встреча с тьютором")
    for days in HELD_DAYS_AGO:
        held = call(story, "Разбор черновика")
        moments = {"starts_at": evening(-days), "created_at": evening(-days - 5)}
        backdate(Meeting, "id", held.id, **moments)


def call(story: TeamStory, title: str) -> Meeting:
    """Have the tutor of a team call it together in three days."""
    place = "Актовый зал школы № 12"
    arrangement = Arrangement(title, evening(3), minutes=60, place=place, link="")
    team, tutor = story.team, story.tutor
    return create_meeting(team.cohort, team, arrangement, actor=tutor)
