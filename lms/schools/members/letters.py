"""Letters to the members of a team, by the moment when they leave."""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.mail import letter_waited
from lms.schools.teams.models import Membership, Team


def as_member_of(team: Team | None) -> dict[str, int]:
    """Mark a letter as one for the people of a team, as long as they are in it."""
    return {"team": team.id} if team else {}


@letter_waited.connect
def leave_out_departed(letter: dict[str, Any]) -> None:
    """Send nobody after a person who has left the team that a letter is for."""
    if "team" not in letter or "person" not in letter:
        return
    present = sa.select(Membership.id).where(
        Membership.team_id == letter["team"],
        Membership.user_id == letter["person"],
        Membership.left_at.is_(None),
    )
    if db.session.scalar(present) is None:
        letter["to"] = ""
