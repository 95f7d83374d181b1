"""Numbers of schools that no coordinator may accept, so that an admin has to."""

from typing import Any

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.monitoring.indicators.figures import is_last_version
from lms.monitoring.indicators.models import Measurement, MeasurementDecision
from lms.monitoring.indicators.permissions import may_decide, those_who_answer
from lms.schools.territories.permissions import coordinators_around


def unclaimed_numbers(admin: User) -> list[sa.ScalarSelect[Any]]:
    """Count the schools whose numbers wait for an admin alone; name the oldest.

    A coordinator accepts neither what she sent nor what she answers for, and a school
    may have no other one, or none at all.
    """
    waits = _waiting(admin)
    schools = sa.func.count(Measurement.school_id.distinct())
    oldest = Measurement.starts_on, Measurement.school_id
    return [
        waits.with_only_columns(schools).scalar_subquery(),
        *(
            waits.with_only_columns(fact).order_by(*oldest).limit(1).scalar_subquery()
            for fact in (Measurement.school_id, Measurement.starts_on)
        ),
    ]


def _waiting(admin: User) -> sa.Select[Any]:
    decided = sa.exists().where(MeasurementDecision.measurement_id == Measurement.id)
    around = coordinators_around(Measurement.school_id)
    others = around.where(
        User.id != Measurement.sent_by_id,
        User.id.not_in(those_who_answer(Measurement.school_id)),
    )
    return sa.select(Measurement).where(
        is_last_version(), ~decided, may_decide(admin), ~others.exists()
    )
