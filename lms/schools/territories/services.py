"""Everything that can happen to territories, and to schools within them.

Each school carries the name of its territory, and of the one that lies on top, in its
own row: lists are put in order by them, words are found in them, certificates copy
them, and a name and a town make one school. Nobody but this file writes them there.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import day, today
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import School
from lms.schools.territories.models import SchoolTerritory, Territory

logger = logging.getLogger(__name__)


def settle_territory(name: str, region: str, *, actor: User) -> Territory:
    """Return the territory of that name, within a region if one is named.

    What is not known yet is added; what was merged is known under both spellings.
    """
    if known := find_territory(name, region):
        return known
    is_within = region and region != name
    parent = settle_territory(region, "", actor=actor) if is_within else None
    territory = Territory(name=name, parent=parent)
    try:
        with db.session.begin_nested():
            db.session.add(territory)
    except IntegrityError:  # another admin was faster
        return settle_territory(name, region, actor=actor)
    record(actor.id, "добавлена территория", territory, after={"название": name})
    return territory


def find_territory(name: str, region: str) -> Territory | None:
    """Find a territory by its name, where there is one of that name only."""
    named = sa.select(Territory).filter_by(name=name).order_by(Territory.id)
    found = {named_now(one) for one in db.session.scalars(named)}
    if region and region != name:
        found = {one for one in found if region in (up.name for up in above(one))}
    tops = {one for one in found if one.parent is None}
    likely = found if len(found) == 1 else tops
    return likely.pop() if len(likely) == 1 else None


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


def place_new(schools: Collection[School], *, actor: User) -> None:
    """Put schools that were just added where their rows say; the caller commits.

    Each place is looked up once, however many schools of a list lie there.
    """
    by_place = defaultdict(list)
    for school in schools:
        by_place[school.municipality, school.region].append(school)
    rows = []
    for place in sorted(by_place):
        territory = settle_territory(*place, actor=actor)
        for school in by_place[place]:
            rows.append({"school_id": school.id, "territory_id": territory.id})
            _name(school, territory)
    if rows:
        db.session.execute(sa.insert(SchoolTerritory), rows)
    _flush_schools()


def place_school(school: School, territory: Territory, *, since: date | None) -> None:
    """Put a school into a territory from a day on; the caller commits.

    Without a day what is known of the present is corrected. The years before a move
    stay where they were.
    """
    present = sa.select(SchoolTerritory).filter_by(school_id=school.id, until=None)
    with db.session.no_autoflush:  # another school may be called so
        stay = db.session.scalar(present.with_for_update())
    if stay and (since is None or since == stay.since):
        stay.territory = territory
    else:
        if stay and since:
            _end(stay, since)
        place = SchoolTerritory(school_id=school.id, since=since)
        place.territory = territory
        db.session.add(place)
    _name(school, territory)
    _flush_schools()


def _end(stay: SchoolTerritory, on: date) -> None:
    if on > today():
        raise RuleError("Этот день ещё не настал: перевод записывают, когда он был.")
    if stay.since and on < stay.since:
        raise RuleError(
            f"Школа здесь с {day(stay.since)}: выберите этот день или более поздний."
        )
    stay.until = on
    db.session.flush()  # the next row may begin once this one has ended


def _name(school: School, territory: Territory) -> None:
    """Write the names of a territory into the row of its school."""
    *_, top = [territory, *above(territory)]
    school.municipality = territory.name
    school.region = top.name if top is not territory else ""


def _flush_schools() -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError("Такая школа уже есть в списке.") from None
