"""Who was called to a meeting and who came: the one place that counts them.

Called are the people who were in the teams when the meeting was held, and whoever came
from them and joined later.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.schools.meetings.models import Attendance, Meeting, Source
from lms.schools.meetings.permissions import called_teams, is_called
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
    """Return who was called and who came, of each meeting and school; three statements.

    Indicators and reports take their numerators and denominators here; a meeting of
    which nobody has told who came has nothing to count, and is not among them.
    """
    told = {
        meeting.id: meeting
        for meeting in meetings
        if meeting.attended_at and not meeting.is_cancelled
    }
    called, people, came = _called(told), _people(told), _came(told)
    schools: dict[tuple[int, int], tuple[set[int], set[int]]] = {}
    for meeting_id, teams in called.items():
        meeting, known = told[meeting_id], came.get(meeting_id, {})
        last: dict[int, int] = {}
        for person in people:
            if person.team_id in teams and _was_called(person, meeting, known):
                last[person.user_id] = teams[person.team_id]
        for school_id in teams.values():
            schools.setdefault((meeting_id, school_id), (set(), set()))
        for user_id, school_id in last.items():
            invited, present = schools[meeting_id, school_id]
            invited.add(user_id)
            if known.get(user_id):
                present.add(user_id)
    return [
        Turnout(meeting_id, school_id, frozenset(invited), frozenset(present))
        for (meeting_id, school_id), (invited, present) in sorted(schools.items())
    ]


def _called(meeting_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """Return the teams that meetings are for, with their schools."""
    is_for = sa.or_(Meeting.team_id.is_(None), Meeting.team_id == Team.id)
    rows = db.session.execute(
        sa.select(Meeting.id, Team.id, Team.school_id)
        .join(Team, sa.and_(Team.cohort_id == Meeting.cohort_id, is_for))
        .where(Meeting.id.in_(meeting_ids), is_called([Team.school_id]))
        .order_by(Meeting.id, Team.id)
    )
    found: dict[int, dict[int, int]] = {}
    for meeting_id, team_id, school_id in rows:
        found.setdefault(meeting_id, {})[team_id] = school_id
    return found


def _people(meeting_ids: Collection[int]) -> Sequence[Any]:
    """Return who was in the teams of the cohorts and when, the last membership last."""
    cohorts = sa.select(Meeting.cohort_id).where(Meeting.id.in_(meeting_ids))
    facts = Membership.user_id, Membership.team_id
    return db.session.execute(
        sa.select(*facts, Membership.joined_at, Membership.left_at)
        .where(Membership.cohort_id.in_(cohorts))
        .order_by(Membership.left_at.is_(None), Membership.joined_at, Membership.id)
    ).all()


def _came(meeting_ids: Collection[int]) -> dict[int, dict[int, bool]]:
    """Tell of each meeting who was there, and who has only watched the recording."""
    rows = db.session.execute(
        sa.select(Attendance.meeting_id, Attendance.user_id, Attendance.source)
        .where(Attendance.meeting_id.in_(meeting_ids))
        .order_by(Attendance.id)
    )
    found: dict[int, dict[int, bool]] = {}
    for meeting_id, user_id, source in rows:
        found.setdefault(meeting_id, {})[user_id] = source is not Source.RECORDING
    return found


def _was_called(person: Any, meeting: Meeting, known: Collection[int]) -> bool:
    """Tell whether somebody was in the team then, or came and joined it later."""
    if person.left_at and person.left_at <= meeting.starts_at:
        return False
    is_late = meeting.is_over and person.joined_at >= meeting.ends_at
    return not is_late or person.user_id in known


def called_to(
    meeting: Meeting,
    teams: sa.Select[Team] | None = None,
    *,
    with_late: bool = False,
) -> list[TeamTurnout]:
    """Return the people who were called, by school and team; two statements.

    `teams` leaves those of them on which a viewer looks. Where it is told who came, it
    may have been somebody who joined the team later, too.
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
        if not with_late and not _was_called(membership, meeting, came):
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
