"""Figures as files, and the documents that schools gave for theirs."""

from flask import Response, abort
from flask.typing import ResponseReturnValue

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made, send_stored
from lms.core.tables import Table
from lms.core.workbooks import MEDIA_TYPE as EXCEL
from lms.monitoring.indicators.figures import indicators_of
from lms.monitoring.indicators.loading import (
    Place,
    figures_at,
    get_indicator,
    get_measurement,
    get_place,
)
from lms.monitoring.indicators.models import Indicator
from lms.monitoring.indicators.permissions import FOLLOWERS
from lms.monitoring.indicators.summary import lines_of, school_lines_of
from lms.monitoring.indicators.tables import (
    table_of_lines,
    table_of_measurements,
    table_of_schools,
)
from lms.monitoring.indicators.views.blueprint import bp

Tables = tuple[Table, Table]


@bp.get("/indicators.xlsx")
@allow(FOLLOWERS)
def workbook() -> Response:
    """The figures of a territory as a workbook, with what schools have sent."""
    place = get_place()
    return _workbook(place, _about(place), *_of_territory(place))


@bp.get("/indicators.docx")
@allow(FOLLOWERS)
def word() -> Response:
    """The figures of a territory for Word."""
    place = get_place()
    table, _ = _of_territory(place)
    return _word(place, _about(place), table)


@bp.get("/<int:indicator_id>/schools.xlsx")
@allow(FOLLOWERS)
def school_workbook(indicator_id: int) -> Response:
    """One figure school by school as a workbook, with what schools have sent."""
    indicator, place = get_indicator(indicator_id), get_place()
    about = f"{indicator.title}. {_about(place)}"
    return _workbook(place, about, *_of_schools(place, indicator))


@bp.get("/<int:indicator_id>/schools.docx")
@allow(FOLLOWERS)
def school_word(indicator_id: int) -> Response:
    """One figure school by school for Word."""
    indicator, place = get_indicator(indicator_id), get_place()
    table, _ = _of_schools(place, indicator)
    return _word(place, f"{indicator.title}. {_about(place)}", table)


@bp.get("/measurements/<int:measurement_id>/file")
@allow(SIGNED_IN)
def file(measurement_id: int) -> ResponseReturnValue:
    """Download the document that shows where a number comes from."""
    found = get_measurement(measurement_id).file or abort(404)
    return send_stored(found.sha256, name=found.name, media_type=found.media_type)


def _of_territory(place: Place) -> Tables:
    indicators = indicators_of(place.period)
    figures = figures_at(place, indicators)
    lines = lines_of(figures, place.territory, indicators)
    sent = table_of_measurements(figures, place.territory, indicators)
    return table_of_lines(lines), sent


def _of_schools(place: Place, indicator: Indicator) -> Tables:
    figures = figures_at(place, [indicator])
    lines = school_lines_of(figures, place.territory, indicator)
    sent = table_of_measurements(figures, place.territory, [indicator])
    return table_of_schools(lines), sent


def _about(place: Place) -> str:
    return f"{place.territory.name}, {place.period.label}"


def _workbook(place: Place, about: str, *tables: Table) -> Response:
    from lms.monitoring.indicators.papers import workbook_of

    return _download(workbook_of(about, tables), place, "xlsx", EXCEL)


def _word(place: Place, about: str, table: Table) -> Response:
    from lms.core.documents import MEDIA_TYPE
    from lms.monitoring.indicators.papers import document_of

    return _download(document_of(about, table), place, "docx", MEDIA_TYPE)


def _download(made: bytes, place: Place, ending: str, media_type: str) -> Response:
    return send_made(made, f"Показатели, {_about(place)}", ending, media_type)
