"""Territories within territories, and for how long what belonged to them."""

from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, Purpose, impersonal, personal
from lms.identity.accounts.models import User


class Territory(FromForm, Model):
    """A region, a district, a town: whatever somebody looks after."""

    __table_args__ = (
        # Under one parent, or under none, a name stands once.
        sa.Index(
            "uq_territory_name",
            "parent_id",
            "name",
            unique=True,
            sqlite_where=sa.text("merged_at IS NULL"),
            postgresql_where=sa.text("merged_at IS NULL"),
        ),
        sa.Index(
            "uq_territory_top",
            "name",
            unique=True,
            sqlite_where=sa.text("merged_at IS NULL AND parent_id IS NULL"),
            postgresql_where=sa.text("merged_at IS NULL AND parent_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    parent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("territory.id"))
    # When it was found to be another spelling of its parent. The row stays, so that
    # figures that name it go on counting there.
    merged_at: Mapped[datetime | None]

    parent: Mapped["Territory | None"] = relationship(remote_side=id)


impersonal(Territory, "id name parent_id merged_at form_key", called="name")


class _Lasting:
    """What is so from one day on, and up to another that no longer belongs to it."""

    # None: from the first day on.
    since: Mapped[date | None]
    # None: it lasts.
    until: Mapped[date | None]

    @classmethod
    def lasts_on(cls, day: "date | sa.BindParameter[date]") -> sa.ColumnElement[bool]:
        """Tell the database to find what is so on a day."""
        has_begun = sa.or_(cls.since.is_(None), cls.since <= day)
        return sa.and_(has_begun, sa.or_(cls.until.is_(None), cls.until > day))


class SchoolTerritory(_Lasting, Model):
    """A school in a territory for a while; it is in one at a time."""

    __table_args__ = (
        sa.Index(
            "uq_school_territory_present",
            "school_id",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    territory_id: Mapped[int] = mapped_column(sa.ForeignKey("territory.id"), index=True)

    territory: Mapped[Territory] = relationship()


impersonal(SchoolTerritory, "id school_id territory_id since until")


class Coordination(_Lasting, Model):
    """A person who looks after a territory, and all that lies within it."""

    __table_args__ = (
        sa.Index(
            "uq_coordination_present",
            "user_id",
            "territory_id",
            unique=True,
            sqlite_where=sa.text("until IS NULL"),
            postgresql_where=sa.text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), index=True)
    territory_id: Mapped[int] = mapped_column(sa.ForeignKey("territory.id"), index=True)

    user: Mapped[User] = relationship()
    territory: Mapped[Territory] = relationship()


personal(
    Coordination,
    "Территории, о которых вы заботитесь",
    Purpose.TERRITORY,
    of={"user_id": DELETED},
    of_staff=True,
    told="territory_id since until",
    plain="id",
)


def with_parts(territories: sa.Select[int]) -> sa.Select[int]:
    """Return the ids of some territories and of all that lie within them."""
    within = territories.cte(recursive=True)
    part = aliased(Territory)
    parts = sa.select(part.id).join(within, part.parent_id == within.c[0])
    # A union, and not of all: a circle of parents would never end.
    return sa.select(within.union(parts).c[0])


def under_same_top(territories: sa.Select[int]) -> sa.Select[int]:
    """Return the ids of all that lies in the region of some territories."""
    tops = sa.select(Territory.id).where(
        Territory.id.in_(with_surroundings(territories)), Territory.parent_id.is_(None)
    )
    return with_parts(tops)


def with_surroundings(territories: sa.Select[int]) -> sa.Select[int]:
    """Return the ids of some territories and of all within which they lie."""
    inner = sa.select(Territory.id, Territory.parent_id)
    way = inner.where(Territory.id.in_(territories)).cte(recursive=True)
    outer = aliased(Territory)
    step = sa.select(outer.id, outer.parent_id).join(way, way.c.parent_id == outer.id)
    return sa.select(way.union(step).c.id)


@cache
def surroundings_of_each() -> sa.CTE:
    """Pair every territory, as `inner`, with itself and all within which it lies."""
    here = sa.select(Territory.id.label("inner"), Territory.id.label("outer"))
    way = here.cte(recursive=True)
    outer = aliased(Territory)
    step = sa.select(way.c.inner, outer.parent_id).join(outer, outer.id == way.c.outer)
    return way.union(step.where(outer.parent_id.is_not(None)))
