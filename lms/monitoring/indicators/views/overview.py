"""The figures of a territory, and one figure school by school."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.extensions import db
from lms.monitoring.indicators.deadlines import due_of, is_late
from lms.monitoring.indicators.figures import indicators_of
from lms.monitoring.indicators.history import history_of, picture_of
from lms.monitoring.indicators.loading import (
    figures_at,
    find_place,
    get_indicator,
    get_place,
    schools_at,
)
from lms.monitoring.indicators.permissions import (
    FOLLOWERS,
    can_choose_indicators,
    visible_schools,
)
from lms.monitoring.indicators.summary import (
    by_direction,
    lines_of,
    school_lines_of,
    standings_of,
)
from lms.monitoring.indicators.views.blueprint import bp
from lms.schools.teams.models import School


@bp.get("/")
@allow(FOLLOWERS)
def index() -> ResponseReturnValue:
    """The figures of a territory in a half-year, and what schools still owe."""
    place = find_place()
    if place is None:
        return render_template("monitoring/indicators/empty.html")
    indicators = indicators_of(place.period)
    figures = figures_at(place, indicators)
    return render_template(
        "monitoring/indicators/index.html",
        place=place,
        due_on=due_of(place.period),
        is_late=is_late(place.period),
        groups=by_direction(lines_of(figures, place.territory, indicators)),
        standings=standings_of(figures, schools_at(place, figures), indicators),
        openable=_openable(),
        may_choose=can_choose_indicators(current_user),
    )


@bp.get("/<int:indicator_id>/")
@allow(FOLLOWERS)
def indicator(indicator_id: int) -> ResponseReturnValue:
    """One figure school by school, and how it has gone since."""
    one, place = get_indicator(indicator_id), get_place()
    figures = figures_at(place, [one])
    (line,) = lines_of(figures, place.territory, [one])
    steps = history_of(
        one, place.territory, figures, land=place.land, viewer=current_user
    )
    return render_template(
        "monitoring/indicators/indicator.html",
        place=place,
        line=line,
        schools=school_lines_of(figures, place.territory, one),
        steps=steps,
        chart=picture_of(one, steps, line.aim),
        openable=_openable(),
    )


def _openable() -> set[int]:
    """Return the schools whose exact numbers the person who looks may open."""
    seen = visible_schools(current_user).with_only_columns(School.id)
    return set(db.session.scalars(seen))
