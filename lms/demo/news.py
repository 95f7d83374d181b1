"""What is new in the demonstration to the people of a team since they last looked."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.course.modules.models import Module, ReadMark
from lms.course.modules.services import mark_read
from lms.demo.story import TeamStory, backdate
from lms.schools.teams.models import Membership


def look_away(team: TeamStory, modules: dict[int, Module], *, days: int) -> None:
    """Let a team have read its lessons, and not have looked for some days.

    One lesson has got another text since.
    """
    for number, person in enumerate(team.members):
        for module in (modules[1], modules[2], modules[3]):
            mark_read(module, user=person, is_read=True)
        long_ago = utcnow() - timedelta(days=60 - number)
        backdate(ReadMark, "user_id", person.id, read_at=long_ago)
    last_look = utcnow() - timedelta(days=days)
    backdate(Membership, "team_id", team.team.id, news_seen_at=last_look)
    for module in modules.values():
        backdate(Module, "id", module.id, published_at=utcnow() - timedelta(days=90))
    yesterday = utcnow() - timedelta(days=1)
    backdate(Module, "id", modules[3].id, published_at=yesterday)
