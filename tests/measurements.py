"""Territories with schools in them, and the numbers that schools have sent."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.monitoring.indicators.catalogue import OFFERS
from lms.monitoring.indicators.choosing import begin_counting, settle_indicators
from lms.monitoring.indicators.deadlines import asked_period
from lms.monitoring.indicators.figures import figures_of
from lms.monitoring.indicators.models import Count, Indicator
from lms.monitoring.indicators.regions import land
from lms.monitoring.indicators.services import (
    Entry,
    measurements_of,
    send_measurements,
)
from lms.schools.teams.models import School, Team
from lms.schools.territories.models import SchoolTerritory, Territory
from tests.conftest import save


def settle(key):
    """Return the indicator of a key, on a site that has the basic ones."""
    settle_indicators()
    return db.session.scalars(sa.select(Indicator).filter_by(key=key)).one()


def offer(key):
    return next(one for one in OFFERS if one.key == key)


def settle_offered(key, admin):
    """Return an indicator that a site has to add."""
    settle_indicators()
    begin_counting(offer(key), actor=admin)
    return settle(key)


def new_territory(name, parent=None):
    return save(Territory(name=name, parent=parent))


def move(school, where, *, since=None):
    """Put a school into a territory; from a day on it is no longer where it was."""
    before = sa.select(SchoolTerritory).filter_by(school_id=school.id, until=None)
    if stay := db.session.scalar(before):
        stay.until = since
        db.session.flush()
    place = {"school_id": school.id, "territory_id": where.id}
    return save(SchoolTerritory(**place, since=since))


def school_in(where, cohort, name):
    """Store a school of a territory with a team in a cohort."""
    school = School(name=name, municipality=where.name)
    save(Team(school=school, cohort=cohort, name=name))
    move(school, where)
    return school


def measure(school, indicator, part, whole=None, *, author, period=None, **more):
    """Send a number of a school, or correct it; return what is stored."""
    period = period or asked_period()
    last = measurements_of(school, period).get(indicator.id)
    seen = last.number if last else 0
    entry = Entry(indicator, Count(part, whole), seen=seen, **more)
    send_measurements(school, period, [entry], author=author)
    return measurements_of(school, period)[indicator.id]


def figures(indicator, where, viewer, period=None):
    return figures_of(
        where, period or asked_period(), [indicator], land=land(), viewer=viewer
    )
