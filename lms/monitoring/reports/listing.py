"""The reports of a person for a school year, and what was closed of them."""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.monitoring.reports.models import Report, ReportEdition
from lms.monitoring.reports.permissions import own_schools, reported_territories
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory

# A region has some thirty districts; whoever looks after more begins with the region.
MOST = 200


class Row(NamedTuple):
    """A report, and its newest edition; None: nobody has closed it."""

    title: str
    territory: Territory | None
    school: School | None
    edition: ReportEdition | None


def closed_schools(schools: Iterable[School], year: SchoolYear) -> set[int]:
    """Return the ids of the schools whose report of a year is closed."""
    ids = [school.id for school in schools]
    closed = sa.select(Report.school_id).join(Report.editions)
    closed = closed.where(Report.year == year.starts_on.year, Report.school_id.in_(ids))
    return {one for one in db.session.scalars(closed) if one}


def rows_of(user: User, year: SchoolYear) -> list[Row]:
    """Return what a person reports of, territories first; three statements."""
    seen = reported_territories(user)
    territories = db.session.scalars(
        seen.order_by(Territory.parent_id.is_not(None), Territory.name, Territory.id)
        .options(joinedload(Territory.parent))
        .limit(MOST)
    ).all()
    schools = db.session.scalars(
        own_schools(user).order_by(School.name, School.id).limit(MOST)
    ).all()
    newest = sa.select(sa.func.max(ReportEdition.id)).group_by(ReportEdition.report_id)
    editions = db.session.scalars(
        sa.select(ReportEdition)
        .join(ReportEdition.report)
        .where(Report.year == year.starts_on.year, ReportEdition.id.in_(newest))
        .where(
            sa.or_(
                Report.territory_id.in_([one.id for one in territories]),
                Report.school_id.in_([one.id for one in schools]),
            )
        )
        .options(joinedload(ReportEdition.report))
    ).all()
    of_territory = {one.report.territory_id: one for one in editions}
    of_school = {one.report.school_id: one for one in editions}
    return [
        *(
            Row(one.name, one, None, of_territory.get(one.id))
            for one in territories
            if one.merged_at is None or one.id in of_territory
        ),
        *(Row(one.label, None, one, of_school.get(one.id)) for one in schools),
    ]
