"""A report for a page: found if the person may read it, else 404."""

import re

from flask import abort
from flask_login import current_user

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.reports.models import Report, ReportEdition, ReportRival
from lms.monitoring.reports.permissions import reported_territories, visible_schools
from lms.monitoring.reports.scope import Scope, key_of
from lms.monitoring.reports.services import report_of
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory
from lms.schools.territories.naming import named_now

_KEY = re.compile(r"(20\d\d)-(\d\d)")


def read_year(key: str) -> SchoolYear:
    """Return the year that an address names, or answer 404; it has begun by now."""
    found = _KEY.fullmatch(key)
    year = SchoolYear.starting(int(found[1])) if found else None
    if year is None or key_of(year) != key or not _has_reports(year):
        abort(404)
    return year


def _has_reports(year: SchoolYear) -> bool:
    return bool(_KEY.fullmatch(key_of(year))) and year.starts_on <= today()


def neighbours_of(year: SchoolYear) -> tuple[SchoolYear | None, SchoolYear | None]:
    """Return the years before and after, as far as there can be reports of them."""
    return _year_beside(year, -1), _year_beside(year, 1)


def _year_beside(year: SchoolYear, step: int) -> SchoolYear | None:
    beside = SchoolYear.starting(year.starts_on.year + step)
    return beside if _has_reports(beside) else None


def get_scope(year: str, territory_id: int | None, school_id: int | None) -> Scope:
    """Load whose report an address means."""
    period = read_year(year)
    if territory_id is not None:
        territories = reported_territories(current_user)
        territory = db.first_or_404(territories.where(Territory.id == territory_id))
        return Scope(period, current_user, territory=territory)
    schools = visible_schools(current_user)
    school = db.first_or_404(schools.where(School.id == school_id))
    return Scope(period, current_user, school=school)


def get_draft(year: str, territory_id: int | None, school_id: int | None) -> Scope:
    """Load whose report is being written at an address.

    A page that was open while its territory was merged goes on with what it became.
    """
    named = db.session.get(Territory, territory_id) if territory_id else None
    return get_scope(year, named_now(named).id if named else territory_id, school_id)


def get_edition(scope: Scope, number: int) -> ReportEdition:
    """Load a closed report, or answer 404."""
    report = report_of(scope)
    editions = report.editions if report else []
    return next((one for one in editions if one.number == number), None) or abort(404)


def get_rival(scope: Scope, rival_id: int) -> tuple[Report, ReportRival]:
    """Load conclusions that compete with those of a report, or answer 404."""
    report = report_of(scope)
    for rival in report.rivals if report else []:
        if report and rival.id == rival_id:
            return report, rival
    abort(404)
