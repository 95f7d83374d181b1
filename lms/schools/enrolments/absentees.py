"""Who is in a team of the list, or expected there, and is not named by the list."""

from collections.abc import Collection
from dataclasses import dataclass

from lms.schools.enrolments.snapshot import Snapshot
from lms.schools.teams.models import Team


@dataclass(frozen=True)
class Absent:
    """Somebody of a team on the list whom the list does not name."""

    key: str
    full_name: str
    email: str
    team: Team
    what: str


def find_absent(
    known: Snapshot, listed: Collection[int], emails: Collection[str]
) -> list[Absent]:
    """Return them by team and name; `listed` are the teams that the list names."""
    members = [
        Absent(
            f"member-{membership.id}",
            membership.user.full_name,
            email,
            membership.team,
            "капитан" if membership.is_captain else membership.position.value,
        )
        for email, membership in known.memberships.items()
        if membership.team_id in listed and email not in emails
    ]
    invited = [
        Absent(
            f"newcomer-{newcomer.id}",
            newcomer.full_name,
            email,
            newcomer.team,
            "приглашение ещё не принято",
        )
        for email, newcomer in known.newcomers.items()
        if newcomer.team_id in listed and email not in emails
        if email not in known.memberships
    ]
    return sorted(members + invited, key=lambda a: (a.team.name, a.full_name, a.key))
