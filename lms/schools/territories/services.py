"""Everything that can happen to territories, and to schools within them."""

import logging
from collections import defaultdict
from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.language import day, today
from lms.core.search import fold
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.teams.models import School
from lms.schools.territories.models import SchoolTerritory, Territory
from lms.schools.territories.naming import (
    above,
    flush_schools,
    name_school,
    name_schools_within,
    the_one_of,
)

logger = logging.getLogger(__name__)

# What changes the tree waits for what else does.
TREE = "territories"
AHEAD = "Этот день ещё не настал: перевод записывают, когда он был."
HERE = (
    "Школа и так в этой территории. Если неверен день перевода, верните её в прежнюю,"
    " не заполняя день, и переведите снова."
)


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
    """Find a territory by one of its names, where it is clear which is meant."""
    named = sa.select(Territory).filter_by(name=name).order_by(Territory.id)
    return the_one_of(db.session.scalars(named), region)


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
            name_school(school, territory)
    if rows:
        db.session.execute(sa.insert(SchoolTerritory), rows)
    flush_schools()


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
        if stay.since:
            _join_former(stay)
    elif stay and stay.territory_id == territory.id:
        raise RuleError(HERE)
    else:
        if stay and since:
            _end(stay, since)
        if stay is None:
            since = _after_last(school, since)
        place = SchoolTerritory(school_id=school.id, since=since)
        place.territory = territory
        db.session.add(place)
    name_school(school, territory)
    flush_schools(school)


def take_out(school: School, *, since: date | None, actor: User) -> None:
    """Leave a school in no territory: from a day on, or as if it had never been there.

    The years before that day stay where they were.
    """
    present = sa.select(SchoolTerritory).filter_by(school_id=school.id, until=None)
    stay = db.session.scalar(present.with_for_update())
    if stay is None:
        raise RuleError("Школа и так не состоит ни в какой территории.")
    before = {"территория": stay.territory.name}
    if since is None or since == stay.since:
        db.session.delete(stay)
    else:
        _end(stay, since)
    after = {"с": since.isoformat()} if since else {}
    record(actor.id, "школа выведена из территорий", school, before=before, after=after)
    db.session.commit()
    logger.info("school %s: in no territory, by %s", school.id, actor.id)


def _join_former(stay: SchoolTerritory) -> None:
    """Take a move back that led to where the school had been before it."""
    former = db.session.scalar(
        sa.select(SchoolTerritory).filter_by(
            school_id=stay.school_id,
            territory_id=stay.territory.id,
            until=stay.since,
        )
    )
    if former:
        db.session.delete(stay)
        db.session.flush()  # one stay at a time lasts
        former.until = None


def _after_last(school: School, since: date | None) -> date | None:
    """Begin a stay no earlier than the last one of the school has ended."""
    if since and since > today():
        raise RuleError(AHEAD)
    stays = sa.select(sa.func.max(SchoolTerritory.until))
    last = db.session.scalar(stays.filter_by(school_id=school.id))
    if since and last and since < last:
        raise RuleError(
            f"До {day(last)} школа была в другой территории: выберите этот день или"
            " более поздний."
        )
    return since or last


def _end(stay: SchoolTerritory, on: date) -> None:
    if on > today():
        raise RuleError(AHEAD)
    if stay.since and on < stay.since:
        raise RuleError(
            f"Школа здесь с {day(stay.since)}: выберите этот день или более поздний."
        )
    stay.until = on
    db.session.flush()  # the next row may begin once this one has ended


def add_territory(
    name: str, parent: Territory | None, *, actor: User, form_key: str | None = None
) -> Territory:
    """Add a territory, within another one or on top."""
    if known := added_before(Territory, form_key):
        return known
    _refuse_twin_of(name, parent)
    territory = Territory(name=name, parent=parent, form_key=form_key)
    db.session.add(territory)
    _flush_name(name)
    record(actor.id, "добавлена территория", territory, after=_facts(territory))
    db.session.commit()
    logger.info("territory %s: added by user %s", territory.id, actor.id)
    return territory


def edit_territory(
    territory: Territory, *, name: str, parent: Territory | None, actor: User
) -> None:
    """Call a territory otherwise, or put it elsewhere; its schools are called after it.

    Two admins who put each of two territories into the other at once would close a
    circle, so one waits for the other.
    """
    go_one_by_one(TREE)
    db.session.refresh(territory)
    if parent and territory in (parent, *above(parent)):
        db.session.rollback()
        raise RuleError("Территория не может лежать внутри самой себя.")
    _refuse_twin_of(name, parent, but=territory)
    before = _facts(territory)
    territory.name, territory.parent = name, parent
    _flush_name(name)
    name_schools_within(territory)
    after = _facts(territory)
    record(actor.id, "изменена территория", territory, before=before, after=after)
    db.session.commit()


def move_school(
    school: School, territory: Territory, *, since: date | None, actor: User
) -> None:
    """Move a school from a day on; without a day correct where it is."""
    before = {"территория": school.municipality}
    place_school(school, territory, since=since)
    after = {"территория": territory.name}
    after |= {"с": since.isoformat()} if since else {}
    record(actor.id, "школа переведена", school, before=before, after=after)
    db.session.commit()
    logger.info("school %s: to territory %s, by %s", school.id, territory.id, actor.id)


def _refuse_twin_of(
    name: str, parent: Territory | None, *, but: Territory | None = None
) -> None:
    """Refuse a name that says of a territory beside it the same in other letters."""
    beside = sa.select(Territory).filter_by(parent=parent, merged_at=None)
    for one in db.session.scalars(beside.order_by(Territory.id)):
        if one is not but and fold(one.name) == fold(name):
            db.session.rollback()
            raise RuleError(f"Территория «{one.name}» здесь уже есть.")


def _flush_name(name: str) -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(f"Территория «{name}» здесь уже есть.") from None


def _facts(territory: Territory) -> dict[str, str]:
    parent = territory.parent
    return {"название": territory.name} | ({"внутри": parent.name} if parent else {})
