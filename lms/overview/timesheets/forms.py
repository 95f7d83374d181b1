"""Which month is looked at."""

from typing import Any

import sqlalchemy as sa
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField

from lms.core.extensions import db
from lms.overview.timesheets.month import Month
from lms.review.reviews.models import Review


class MonthForm(FlaskForm):
    """The months from the first review of the site until now; the address holds one."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    month = SelectField("Месяц")

    def __init__(self, chosen: Month, **kwargs: Any) -> None:
        super().__init__(data={"month": chosen.key}, **kwargs)
        self.month.choices = [
            SelectChoice(one.key, one.label) for one in _months(chosen)
        ]


def _months(chosen: Month) -> list[Month]:
    """Return the months to choose from, the present one first."""
    began = db.session.scalar(sa.select(sa.func.min(Review.released_at)))
    present = Month.present()
    first = min(Month.of(began) if began else present, chosen)
    months = [present]
    while months[-1] > first:
        months.append(months[-1].before)
    return months
