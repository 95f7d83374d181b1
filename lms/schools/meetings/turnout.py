"""Who was called to a meeting and who came: the one place that counts them.

Called are the people who were in the teams when the meeting was held, and whoever came
from them and joined later.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.schools.meetings.models import Attendance, Meeting
from lms.schools.meetings.permissions import called_teams
from lms.schools.teams.models import Membership, Team


class Turnout(NamedTuple):
    """Who of a school was called to a meeting, and who came: ids of people."""

    meeting_id: int
    school_id: int
    invited: frozenset[int]
    present: frozenset[int]


class Guest(NamedTuple):
    """A person who was called to a meeting, and what is known of how it went."""

    membership: Membership
    attendance: Attendance | None

    @property
    def is_present(self) -> bool:
        return self.attendance is not None and self.attendance.is_present


class TeamTurnout(NamedTuple):
    """The people of one team at a meeting."""

    team: Team
    guests: Sequence[Guest]

    @property
    def present(self) -> int:
        return sum(guest.is_present for guest in self.guests)


def turnout_of(meetings: Iterable[Meeting]) -> list[Turnout]:
    """Return who was called and who came, of each meeting and school.

    Indicators and reports take their numerators and denominators here; a meeting of
    which nobody has told who came has nothing to count, and is not among them.
    """
    counted = []
    for meeting in meetings:
        if meeting.attended_at is None or meeting.is_cancelled:
            continue
        by_school: dict[int, list[Guest]] = {}
        for team in called_to(meeting):
            by_school.setdefault(team.team.school_id, []).extend(team.guests)
        counted += [
            Turnout(meeting.id, school_id, _ids(guests), _ids(_present(guests)))
            for school_id, guests in sorted(by_school.items())
        ]
    return counted


def called_to(
    meeting: Meeting, teams: sa.Select[Team] | None = None
) -> list[TeamTurnout]:
    """Return the people who were called, by school and team; two statements.

    `teams` leaves those of them on which a viewer looks.
    """
    chosen = called_teams(meeting) if teams is None else teams
    came = {
        row.user_id: row
        for row in db.session.scalars(
            sa.select(Attendance)
            .where(Attendance.meeting_id == meeting.id)
            .order_by(Attendance.id)
        )
    }
    found: dict[int, TeamTurnout] = {}
    for membership in _memberships(meeting, chosen):
        guest = Guest(membership, came.get(membership.user_id))
        is_late = membership.joined_at >= meeting.ends_at
        if is_late and guest.attendance is None and meeting.is_over:
            continue
        team = found.setdefault(
            membership.team_id, TeamTurnout(membership.team, guests=[])
        )
        team.guests.append(guest)  # type: ignore[attr-defined]
    return list(found.values())


def _memberships(meeting: Meeting, teams: sa.Select[Team]) -> Sequence[Membership]:
    """Return who was in the teams, each person once: as they were last."""
    rows = db.session.scalars(
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .join(Membership.user)
        .where(Membership.team_id.in_(teams.with_only_columns(Team.id)))
        .where(
            sa.or_(Membership.left_at.is_(None), Membership.left_at > meeting.starts_at)
        )
        .order_by(Membership.left_at.is_(None), Membership.joined_at, Membership.id)
        .options(
            contains_eager(Membership.user),
            contains_eager(Membership.team).contains_eager(Team.school),
        )
    )
    last = {row.user_id: row for row in rows}
    return sorted(last.values(), key=_by_school_and_name)


def _by_school_and_name(membership: Membership) -> tuple[str, str, int, str]:
    team = membership.team
    return team.school.name, team.name, team.id, membership.user.full_name


def _present(guests: Collection[Guest]) -> list[Guest]:
    return [guest for guest in guests if guest.is_present]


def _ids(guests: Iterable[Guest]) -> frozenset[int]:
    return frozenset(guest.membership.user_id for guest in guests)
