"""«Без отметки»: who is reminded of an event whose day is over, and when."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.core.names import folded_name
from lms.core.periods import Quarter
from lms.identity.accounts.models import User
from lms.monitoring.projects.models import Event, Project, QuarterSnapshot
from lms.monitoring.projects.permissions import of_team
from lms.monitoring.projects.quarters import open_quarters, quarter_to_close
from lms.schools.teams.models import Membership, Team

WEEK = 7


class Awaited(NamedTuple):
    """What the project of a school waits for."""

    # So many events have had their day, and nobody has said what came of them.
    unmarked: int
    # They are not closed, and there was something to do in the last of them.
    quarters: list[Quarter]


def awaited_of(team: Team) -> Awaited | None:
    """Return what a project waits for today, if for anything; one statement."""
    theirs = sa.select(Project.id).where(of_team(team)).scalar_subquery()
    day = sa.func.coalesce(Event.due_on, Event.done_on)
    rows = db.session.execute(
        sa.select(day, sa.and_(*_is_unmarked()), sa.false())
        .where(Event.project_id == theirs, Event.removed_at.is_(None))
        .union_all(
            sa.select(QuarterSnapshot.starts_on, sa.false(), sa.true()).where(
                QuarterSnapshot.project_id == theirs
            )
        )
    ).all()
    closed = {starts_on for starts_on, _, is_closed in rows if is_closed}
    events = [
        (max(on, team.cohort.starts_on), is_unmarked)
        for on, is_unmarked, is_closed in rows
        if on and not is_closed
    ]
    days = [on for on, _ in events]
    quarters = [
        quarter
        for quarter in (open_quarters(min(days), closed) if days else [])
        if any(quarter.starts_on <= on <= quarter_to_close().ends_on for on in days)
    ]
    unmarked = sum(bool(is_unmarked) for _, is_unmarked in events)
    awaited = Awaited(unmarked, quarters)
    return awaited if any(awaited) else None


def unmarked_for(
    person: User, memberships: Sequence[Membership]
) -> list[tuple[Team, Event]]:
    """Return the events that a person is reminded of today: the day after, then weekly.

    Whoever of the team «Ответственные» names answers for an event; when it names
    nobody of them, the captain does.
    """
    return [
        (one.team, event)
        for one in memberships
        if (events := _unmarked_today(one.team))
        for event, answers in _answering(events, _people_of(one.team))
        if person.id in answers
    ]


def _unmarked_today(team: Team) -> list[Event]:
    events = (
        sa.select(Event)
        .join(Project, Project.id == Event.project_id)
        .where(of_team(team), Event.removed_at.is_(None), *_is_unmarked())
        .order_by(Event.due_on, Event.id)
    )
    return [event for event in db.session.scalars(events) if _is_day_to_remind(event)]


def _is_unmarked() -> tuple[sa.ColumnElement[bool], ...]:
    """Tell of an event what `EventLine.is_unmarked` tells of a row of the table."""
    return Event.due_on < today(), Event.done_on.is_(None), Event.why_not == ""


def _is_day_to_remind(event: Event) -> bool:
    late = (today() - event.due_on).days if event.due_on else 0
    return (late - 1) % WEEK == 0


def _people_of(team: Team) -> list[Membership]:
    """Return the people of all teams that work on the same project."""
    people = (
        sa.select(Membership)
        .join(Team, Team.id == Membership.team_id)
        .where(Team.school_id == team.school_id, Team.cohort_id == team.cohort_id)
        .where(Membership.left_at.is_(None))
        .order_by(Membership.id)
    )
    return list(db.session.scalars(people.options(joinedload(Membership.user))))


def _answering(
    events: Iterable[Event], people: Sequence[Membership]
) -> Iterable[tuple[Event, set[int]]]:
    for event in events:
        words = set(folded_name(event.who.replace(",", " ")).split())
        named = {one.user_id for one in people if _surname(one.user) in words}
        captains = [one for one in people if one.is_captain]
        own = [one for one in captains if one.team_id == event.team_id] or captains
        yield event, named or {one.user_id for one in own}


def _surname(user: User) -> str:
    return folded_name(user.full_name).split()[0]
