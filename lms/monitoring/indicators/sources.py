"""Figures that the site itself knows: nobody types them.

Another one is another function here under the key of its indicator. It returns a count
for each school of which it knows anything; territories add them up like all others.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import midnight
from lms.core.periods import Period
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import frozen_rule
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics.periods import learned_in
from lms.monitoring.diagnostics.places import Place
from lms.monitoring.indicators.counting import total
from lms.monitoring.indicators.models import Count
from lms.monitoring.indicators.regions import was_under_way
from lms.review.reviews.models import Reversal, Review, Verdict
from lms.review.reviews.permissions import is_kept_from
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.turnout import turnout_of
from lms.schools.teams.models import Membership, Position, Team
from lms.work.submissions.models import Attempt, Submission

Counts = dict[int, Count]
SiteFigure = Callable[[Collection[int], Period, User | None], Counts]
SITE: dict[str, SiteFigure] = {}


def site_figure(key: str) -> Callable[[SiteFigure], SiteFigure]:
    """Name the function that counts an indicator."""

    def keep(figure: SiteFigure) -> SiteFigure:
        SITE[key] = figure
        return figure

    return keep


@site_figure("network")
def schools_in_network(
    school_ids: Collection[int], period: Period, viewer: User | None
) -> Counts:
    """Count the schools with a work that was accepted in the period."""
    since = midnight(period.starts_on)
    accepted = _accepted(school_ids, period, viewer).where(_accepted_at() >= since)
    schools = accepted.with_only_columns(Team.school_id).distinct()
    involved = set(db.session.scalars(schools))
    return {one: Count(int(one in involved), 1) for one in school_ids}


@site_figure("breadth")
def teams_with_society(
    school_ids: Collection[int], period: Period, _viewer: User | None
) -> Counts:
    """Count the teams in which there are a parent, and a graduate or a partner."""
    teams = _teams(school_ids, period)
    people = db.session.execute(
        sa.select(Membership.team_id, Membership.position)
        .where(Membership.team_id.in_(teams.with_only_columns(Team.id)))
        .where(_was_member(period))
        .distinct()
    ).all()
    parents = {team for team, position in people if position is Position.PARENT}
    others = {Position.GRADUATE, Position.PARTNER}
    broad = parents & {team for team, position in people if position in others}
    found = db.session.scalars(teams).all()
    return _summed((one.school_id, Count(int(one.id in broad), 1)) for one in found)


@site_figure("sections")
def sections_accepted(
    school_ids: Collection[int], period: Period, viewer: User | None
) -> Counts:
    """Count the sections of plans that were accepted, of those that are required."""
    teams = db.session.execute(
        _teams(school_ids, period).with_only_columns(Team.id, Team.school_id, Cohort)
    ).all()
    required = {cohort.id: _sections_of(cohort) for _, _, cohort in teams}
    columns = Submission.team_id, Submission.module_id
    accepted = _accepted(school_ids, period, viewer).with_only_columns(*columns)
    works = db.session.execute(accepted.distinct()).all()
    done: dict[int, set[int]] = {}
    for team_id, module_id in works:
        done.setdefault(team_id or 0, set()).add(module_id)
    return _summed(
        (school_id, Count(len(sections & done.get(team_id, set())), len(sections)))
        for team_id, school_id, cohort in teams
        if (sections := required[cohort.id])
    )


@site_figure("meetings")
def teachers_at_meetings(
    school_ids: Collection[int], period: Period, _viewer: User | None
) -> Counts:
    """Count the teachers who came to a meeting of a territory.

    Of a school that was called to none, or of whose meetings nobody has told who came,
    nothing is known.
    """
    turnouts = turnout_of(db.session.scalars(_meetings(period)))
    called = {one.school_id for one in turnouts}.intersection(school_ids)
    present = frozenset[int]().union(*(one.present for one in turnouts))
    teams = _teams(called, period)
    teachers = db.session.execute(
        sa.select(Team.school_id, Membership.user_id)
        .join(Membership.team)
        .where(Team.id.in_(teams.with_only_columns(Team.id)))
        .where(Membership.position == Position.TEACHER, _was_member(period))
        .distinct()
    ).all()
    return _summed(
        (school_id, Count(int(user_id in present), 1))
        for school_id, user_id in teachers
    )


@site_figure("growth")
def teachers_who_have_grown(
    school_ids: Collection[int], period: Period, _viewer: User | None
) -> Counts:
    """Count the teachers who knew more at the exit than at the entry.

    Of schools that may not be told nothing comes here, so no sum leads to them.
    """
    learned = learned_in(period)
    shares = {one: learned.get(Place(school_id=one)) for one in school_ids}
    return {
        school_id: Count(found.share.grown, found.share.teachers)
        for school_id, found in shares.items()
        if found and found.share.teachers
    }


def _meetings(period: Period) -> sa.Select[Meeting]:
    """Find the meetings of territories in a period."""
    return (
        sa.select(Meeting)
        .where(Meeting.territory_id.is_not(None))
        .where(Meeting.starts_at >= midnight(period.starts_on))
        .where(Meeting.starts_at < _end_of(period))
        .order_by(Meeting.id)
    )


def _sections_of(cohort: Cohort) -> set[int]:
    """Return the modules whose work becomes a section of the plan of a team."""
    rule = frozen_rule(cohort)
    return (
        {one.module_id for one in rule.required if one.by == "team"} if rule else set()
    )


def _teams(school_ids: Collection[int], period: Period) -> sa.Select[Team]:
    return (
        sa.select(Team)
        .join(Team.cohort)
        .where(Team.school_id.in_(school_ids), was_under_way(period))
        .order_by(Team.id)
    )


def _accepted_at() -> sa.ColumnElement[datetime]:
    return sa.func.coalesce(Reversal.decided_at, Review.released_at)


def _accepted(
    school_ids: Collection[int], period: Period, viewer: User | None
) -> sa.Select[Review]:
    """Find the acceptances of works of teams up to the end of a period."""
    return (
        sa.select(Review)
        .join(Review.attempt)
        .join(Attempt.submission)
        .join(Submission.team)
        .outerjoin(Reversal, Reversal.review_id == Review.id)
        .where(sa.or_(Review.verdict == Verdict.ACCEPTED, Reversal.review_id > 0))
        .where(_accepted_at() < _end_of(period))
        .where(Team.school_id.in_(school_ids), ~is_kept_from(viewer))
    )


def _was_member(period: Period) -> sa.ColumnElement[bool]:
    """Tell of a membership whether it lasted at the end of a period."""
    end = _end_of(period)
    stays = sa.or_(Membership.left_at.is_(None), Membership.left_at >= end)
    return sa.and_(Membership.joined_at < end, stays)


def _end_of(period: Period) -> datetime:
    return midnight(period.ends_on + timedelta(days=1))


def _summed(counts: Iterable[tuple[int, Count]]) -> Counts:
    """Add up the counts of the teams of each school."""
    found: Counts = {}
    for school_id, count in counts:
        before = found.get(school_id)
        found[school_id] = total([before, count]) if before else count
    return found
