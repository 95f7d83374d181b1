"""How a territory is called, and the schools that are called after it.

Each school carries the name of its territory, and of the one that lies on top, in its
own row: lists are put in order by them, words are found in them, certificates copy
them, and a name and a town make one school. Nobody but this file writes them there.
"""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.schools.teams.models import School
from lms.schools.territories.models import SchoolTerritory, Territory, with_parts
from lms.schools.territories.signals import schools_renamed


def named_now(territory: Territory) -> Territory:
    """Return the territory as it is called now, if it was merged into another."""
    while territory.merged_at and territory.parent:
        territory = territory.parent
    return territory


def above(territory: Territory) -> Iterator[Territory]:
    """Name the territories within which one lies, the nearest first."""
    upper = territory.parent
    while upper:
        yield upper
        upper = upper.parent


def the_one_of(named: Iterable[Territory], region: str) -> Territory | None:
    """Return which of the territories of one name is meant, if that is clear.

    It lies within the region; where none is said, it is the only one, or that on top.
    """
    found = {named_now(one) for one in named}
    if region:
        names = {one: {one.name, *(up.name for up in above(one))} for one in found}
        found = {one for one in found if region in names[one]}
    tops = {one for one in found if one.parent is None}
    likely = found if len(found) == 1 else tops
    return likely.pop() if len(likely) == 1 else None


def name_school(school: School, territory: Territory) -> None:
    """Write the names of a territory into the row of its school."""
    school.municipality, school.region = territory.name, _region(territory)


def name_schools_within(territory: Territory) -> None:
    """Do the same for all schools of a territory that is called otherwise now."""
    db.session.flush()
    one = sa.select(Territory.id).where(Territory.id == territory.id)
    everywhere = sa.update(School).where(School.id.in_(_schools_of(with_parts(one))))
    itself = sa.update(School).where(School.id.in_(_schools_of(one)))
    *_, top = [territory, *above(territory)]
    names = {"municipality": territory.name, "region": _region(territory)}
    try:
        db.session.execute(everywhere.values(region=top.name))
        db.session.execute(itself.values(names))
    except IntegrityError:
        refuse_twin()
    db.session.expire_all()
    schools_renamed.send(_schools_of(with_parts(one)))


def flush_schools(renamed: School | None = None) -> None:
    """Store new names of schools, of which no two are one."""
    try:
        db.session.flush()
    except IntegrityError:
        refuse_twin()
    if renamed:
        schools_renamed.send(sa.select(School.id).where(School.id == renamed.id))


def refuse_twin() -> None:
    """Say that a school of this name is there already, and undo what was begun."""
    db.session.rollback()
    raise RuleError("Такая школа уже есть в списке.") from None


def _region(territory: Territory) -> str:
    *_, top = [territory, *above(territory)]
    return top.name if top is not territory else ""


def _schools_of(territories: sa.Select[int]) -> sa.Select[int]:
    """Return the ids of the schools that are in some territories now."""
    return sa.select(SchoolTerritory.school_id).where(
        SchoolTerritory.until.is_(None), SchoolTerritory.territory_id.in_(territories)
    )
