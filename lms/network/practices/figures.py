"""Figures of the bank for reports: what was published, who took it, what came of it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import midnight
from lms.core.periods import Period
from lms.network.practices.models import Practice, PracticeUse
from lms.network.practices.permissions import IS_PUBLIC
from lms.schools.teams.models import Team


class BankFigures(NamedTuple):
    """What some schools gave to the bank in a while, and what they took from it."""

    published: int
    # Cards of others that they took, and told in a line what came of it.
    taken: int
    with_result: int


def bank_figures(schools: sa.Select[int], period: Period) -> BankFigures:
    """Count for the schools whose ids a query returns; one statement.

    A card that was withdrawn counts no more, nor do those who had taken it.
    """
    published = _cards(schools, period).with_only_columns(sa.func.count())
    taken = (
        sa.select(sa.func.count())
        .select_from(PracticeUse)
        .join(Practice, Practice.id == PracticeUse.practice_id)
        .where(IS_PUBLIC, PracticeUse.school_id.in_(schools))
        .where(_is_in(PracticeUse.taken_at, period))
    )
    counted = (published, taken, taken.where(PracticeUse.told_at.is_not(None)))
    row = db.session.execute(sa.select(*(one.scalar_subquery() for one in counted)))
    return BankFigures(*row.one())


def cards_published(schools: sa.Select[int], period: Period) -> Sequence[Practice]:
    """List what some schools published in a while; one statement."""
    cards = _cards(schools, period)
    order = Practice.school_name, Practice.published_at, Practice.id
    return db.session.scalars(cards.order_by(*order)).all()


def _cards(schools: sa.Select[int], period: Period) -> sa.Select[Practice]:
    teams = sa.select(Team.id).where(Team.school_id.in_(schools))
    here = IS_PUBLIC, Practice.team_id.in_(teams)
    return sa.select(Practice).where(*here, _is_in(Practice.published_at, period))


def _is_in(
    moment: sa.SQLColumnExpression[Any], period: Period
) -> sa.ColumnElement[bool]:
    begins, ends = period.starts_on, period.ends_on + timedelta(days=1)
    return sa.and_(moment >= midnight(begins), moment < midnight(ends))
