"""Territories, schools and numbers for a page: what the person may see, or 404."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import abort, request
from flask_login import current_user

from lms.core.database import row_number
from lms.core.extensions import db
from lms.core.periods import HalfYear
from lms.monitoring.indicators.deadlines import (
    asked_period,
    offered_periods,
    read_period,
)
from lms.monitoring.indicators.figures import (
    Figures,
    figures_of,
    is_known,
    last_measurements,
)
from lms.monitoring.indicators.models import Indicator, Measurement
from lms.monitoring.indicators.permissions import (
    may_decide,
    visible_schools,
    visible_territories,
)
from lms.monitoring.indicators.regions import Land, land
from lms.schools.teams.models import School
from lms.schools.territories.models import Territory


@dataclass(frozen=True)
class Place:
    """The territory and the half-year that the address asks for."""

    territory: Territory
    period: HalfYear
    land: Land
    offered: list[Territory]
    # Whether the address names the territory, or it is the first of those offered.
    is_named: bool

    @property
    def shows_all_offered(self) -> bool:
        """Tell whether the schools below are those of all territories offered."""
        tops = {self.land.top_of(one).id for one in self.offered}
        return not self.is_named and len(self.offered) > 1 and len(tops) == 1

    @property
    def periods(self) -> list[HalfYear]:
        return offered_periods(self.period)

    @property
    def address(self) -> dict[str, Any]:
        """What leads to the same place on another page."""
        period = self.period.starts_on.isoformat()
        return {"territory": self.territory.id, "period": period}

    def depth_of(self, territory: Territory) -> int:
        return len(list(self.land.above(territory)))


def chosen_period() -> HalfYear:
    """Read the half-year from the address; without one it is that asked about now."""
    text = request.values.get("period", "")
    return read_period(text) if text else asked_period()


def find_place() -> Place | None:
    """Read the place from the address; None: there is no territory to show.

    A territory that a person may not see does not exist for them.
    """
    whole = land()
    seen = db.session.scalars(visible_territories(current_user)).all()
    offered = sorted(seen, key=lambda one: _path(whole, one))
    if not offered:
        return None
    asked = request.args.get("territory", "")
    chosen = offered[0]
    if asked:
        number = row_number(asked)
        found = whole.present(number) if number in whole.territories else None
        chosen = next((one for one in offered if one is found), None) or abort(404)
    return Place(chosen, chosen_period(), whole, offered, bool(asked))


def get_place() -> Place:
    """Read the place from the address, or answer 404."""
    return find_place() or abort(404)


def figures_at(place: Place, indicators: Sequence[Indicator]) -> Figures:
    """Read the figures that a page shows of a place."""
    return figures_of(
        place.territory, place.period, indicators, land=place.land, viewer=current_user
    )


def schools_at(place: Place, figures: Figures) -> list[School]:
    """Return the schools of a territory; before one was chosen, those of all offered.

    Whoever looks after three towns sees at once who has sent nothing.
    """
    chosen = [place.territory] if place.is_named else place.offered
    within = {number for one in chosen for number in place.land.within(one)}
    region = figures.region
    return [one for one in region.schools if region.places[one.id] in within]


def _path(whole: Land, territory: Territory) -> list[str]:
    """Put what lies within a territory behind it."""
    return [one.name for one in (territory, *whole.above(territory))][::-1]


def get_indicator(indicator_id: int) -> Indicator:
    """Load an indicator, or answer 404."""
    indicator: Indicator = db.get_or_404(Indicator, indicator_id)
    return indicator if is_known(indicator) else abort(404)


def get_school(school_id: int) -> School:
    """Load a school whose exact numbers the current user may see, or answer 404."""
    query = visible_schools(current_user).where(School.id == school_id)
    school: School = db.first_or_404(query)
    return school


def get_measurement(measurement_id: int) -> Measurement:
    """Load a number of a school that the current user may see, or answer 404."""
    seen = visible_schools(current_user).with_only_columns(School.id)
    query = sa.select(Measurement).where(
        Measurement.id == measurement_id, Measurement.school_id.in_(seen)
    )
    measurement: Measurement = db.first_or_404(query)
    return measurement


def get_measurement_to_decide(measurement_id: int) -> Measurement:
    """Load a number that the current user may decide about, or answer 404."""
    query = sa.select(Measurement).where(
        Measurement.id == measurement_id, may_decide(current_user)
    )
    measurement: Measurement = db.first_or_404(query)
    return measurement


def measurements_to_accept(school: School) -> list[Measurement]:
    """Load the numbers of a school that a form names and a person may decide about."""
    ids = [n for one in request.form.getlist("measurement") if (n := row_number(one))]
    query = last_measurements().where(
        Measurement.id.in_(ids),
        Measurement.school_id == school.id,
        may_decide(current_user),
    )
    return list(db.session.scalars(query))
