"""«Участники»: schools, teams and people, who joined and who left in the year."""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Figure, Grid
from lms.schools.teams.models import Membership, Position, School, Team

TITLE = "Участники"


def block_of(scope: Scope) -> Block:
    """Count who took part; five statements."""
    present = _present(scope)
    counts = db.session.execute(
        _of_members(
            scope,
            School.id.distinct(),
            Team.id.distinct(),
            Membership.user_id.distinct(),
        ).where(present)
    ).one()
    people = _of_members(scope, Membership.user_id.distinct())
    joined, gone = (
        db.session.scalar(people.where(scope.holds(moment)))
        for moment in (Membership.joined_at, Membership.left_at)
    )
    numbers = zip(
        (
            ("schools", "Школы"),
            ("teams", "Команды"),
            ("people", "Люди"),
            ("joined", "Пришли в течение года"),
            ("left", "Ушли в течение года"),
        ),
        (*counts, joined, gone),
        strict=True,
    )
    address = scope.page_of_observers("teams.index")
    figures = [
        Figure(key=key, label=label, value=number, address=address)
        for (key, label), number in numbers
    ]
    grids = [_positions(scope), _schools(scope)]
    return Block(key="participants", title=TITLE, figures=figures, grids=grids)


def _present(scope: Scope) -> sa.ColumnElement[bool]:
    """Tell of a membership whether it falls into the year."""
    ends = sa.func.coalesce(Membership.left_at, Membership.graduated_at)
    lasts = sa.or_(ends.is_(None), ends >= scope.begins_at)
    return sa.and_(Membership.joined_at < scope.ends_at, lasts)


def _of_members(scope: Scope, *counted: Any) -> Any:
    return _from_teams(sa.select(*(sa.func.count(one) for one in counted)), scope)


def _from_teams(query: Any, scope: Scope) -> Any:
    return (
        query.select_from(Membership)
        .join(Team, Team.id == Membership.team_id)
        .join(School, School.id == Team.school_id)
        .join(Cohort, Cohort.id == Team.cohort_id)
        .where(Team.school_id.in_(scope.schools))
    )


def _positions(scope: Scope) -> Grid:
    """Count people by «Кто для школы»; who is two things is counted twice."""
    people = sa.func.count(Membership.user_id.distinct())
    found = _from_teams(sa.select(Membership.position, people), scope)
    rows = db.session.execute(
        found.where(_present(scope)).group_by(Membership.position)
    )
    counts = dict(rows.all())
    return Grid(
        key="positions",
        title="Люди по тому, кто они для школы",
        columns={"Кто для школы": 60, "Человек": 20},
        rows=[[one.value, counts[one]] for one in Position if one in counts],
        adds_up=True,
    )


def _schools(scope: Scope) -> Grid:
    teams, people = Team.id.distinct(), Membership.user_id.distinct()
    found = sa.select(
        School.name,
        School.municipality,
        Cohort.name,
        sa.func.count(teams),
        sa.func.count(people),
    )
    rows = db.session.execute(
        _from_teams(found, scope)
        .where(_present(scope))
        .group_by(School.id, School.name, School.municipality, Cohort.id, Cohort.name)
        .order_by(School.municipality, School.name, School.id, Cohort.id)
    )
    return Grid(
        key="schools",
        title="Школы",
        columns={
            "Школа": 36,
            "Населённый пункт": 24,
            "Поток": 26,
            "Команд": 10,
            "Человек": 10,
        },
        rows=[list(row) for row in rows],
    )
