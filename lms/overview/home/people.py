"""Who of a team is here, and who is still to come, for those who have just begun."""

from collections.abc import Sequence
from dataclasses import dataclass

from lms.schools.newcomers.progress import Row, awaited_in
from lms.schools.teams.models import Membership
from lms.schools.teams.roster import roster_of


@dataclass(frozen=True)
class People:
    """The people of a team as one of them meets them."""

    me: Membership
    here: Sequence[Membership]
    awaited: Sequence[Row]

    @property
    def may_invite(self) -> bool:
        return self.me.is_captain and not self.me.team.cohort.is_closed


def people_of(me: Membership) -> People:
    """Return the team of a member; three statements, two where nobody is expected."""
    [entry] = roster_of([me.team])
    return People(me, entry.members, awaited_in(me.team))
