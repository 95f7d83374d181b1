"""Whose calendar holds what; a fixed number of statements, however long it is."""

from collections import defaultdict
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, undefer

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import followed_cohorts
from lms.identity.accounts.models import User
from lms.network.mentors.listing import agreed_meetings
from lms.overview.agenda.entries import (
    Entry,
    meeting_entry,
    mentor_entry,
    opening,
    own_due,
    staff_due,
)
from lms.review.appeals.hearing import is_disputed
from lms.schools.meetings.invited import meetings_of
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.permissions import visible_meetings
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import active_memberships, is_followed
from lms.work.credits.gradebook import Gradebook, Participant, read_works
from lms.work.credits.path import path_of, step_of
from lms.work.credits.schedule import schedule_of


def calendar_of_person(
    user: User,
    cohort_id: int | None = None,
    *,
    memberships: Sequence[Membership] | None = None,
) -> list[Entry]:
    """Return everything that concerns a person, or only what is of one cohort.

    Of the teams of a person it has those that run, or the one of a closed cohort
    where there is no other; `memberships` names others.
    """
    cohorts = list(db.session.scalars(followed_cohorts(user)))
    own = running_memberships(user) if memberships is None else memberships
    entries = []
    for membership in own:
        if cohort_id in (None, membership.cohort_id):
            entries += _calendar(Participant.of(membership), membership.team)
            cohorts = [c for c in cohorts if c.id != membership.cohort_id]
    if cohort_id:
        cohorts = [cohort for cohort in cohorts if cohort.id == cohort_id]
    entries += _calendar_of_staff(cohorts, user) if cohorts else []
    return sorted(entries, key=lambda entry: entry.order)


def agenda_of_person(
    user: User, cohort_id: int | None = None, *, memberships: Sequence[Membership]
) -> list[Entry]:
    """Return the same with the meetings that were agreed with mentors.

    These are of no cohort, and stand with the first team of the person.
    """
    entries = calendar_of_person(user, cohort_id, memberships=memberships)
    own = [one for one in memberships if cohort_id in (None, one.cohort_id)]
    if own:
        entries += [
            mentor_entry(request, request.meets_at, own[0].team.cohort)
            for request in agreed_meetings(user)
            if request.meets_at
        ]
    return sorted(entries, key=lambda entry: entry.order)


def running_memberships(user: User) -> Sequence[Membership]:
    """Return a person's teams that go on; where none does, the one last chosen."""
    return running_among(active_memberships(user))


def running_among(own: Sequence[Membership]) -> Sequence[Membership]:
    """Return those of a person's teams that go on; where none does, the first."""
    return [one for one in own if not one.team.cohort.is_closed] or own[:1]


def calendar_of_team(team: Team) -> list[Entry]:
    """Return what a team has before it."""
    return _calendar(Participant.of_team(team), team)


def _calendar(participant: Participant, team: Team) -> list[Entry]:
    cohort, entries = team.cohort, []
    for step in path_of(participant, cohort, disputed=is_disputed()):
        entries.append(opening(step, cohort))
        if step.due_on and step.asks_for_work:
            entries.append(own_due(step, cohort, step.due_on))
    entries += [meeting_entry(meeting) for meeting in meetings_of(team)]
    return sorted(entries, key=lambda entry: entry.order)


def _calendar_of_staff(cohorts: Sequence[Cohort], user: User) -> list[Entry]:
    ids = [cohort.id for cohort in cohorts]
    works = Gradebook(read_works(ids, disputed=is_disputed()), credits={})
    teams, schedule = _teams(ids, user), schedule_of(cohorts)
    entries = []
    for cohort in cohorts:
        for module in schedule[cohort.id]:
            entries.append(opening(module, cohort))
            if module.due_on and module.asks_for_work:
                shared = module.module.is_live and not module.is_personal
                asked = teams[cohort.id] if shared else []
                steps = [step_of(module, team, works) for team in asked]
                entries.append(staff_due(module, steps, cohort, module.due_on))
    meetings = db.session.scalars(
        visible_meetings(user)
        .where(Meeting.cohort_id.in_(ids))
        .options(
            joinedload(Meeting.cohort),
            joinedload(Meeting.territory),
            joinedload(Meeting.team).joinedload(Team.school),
        )
    )
    return entries + [meeting_entry(meeting) for meeting in meetings]


def _teams(cohort_ids: Sequence[int], user: User) -> dict[int, list[Participant]]:
    found = defaultdict(list)
    for team in db.session.scalars(
        sa.select(Team)
        .where(Team.cohort_id.in_(cohort_ids), is_followed(user))
        .options(undefer(Team.first_joined_at))
    ):
        found[team.cohort_id].append(Participant.of_team(team))
    return found
