"""Loading for a page: a tutor whose month one may open, or there is no page."""

from flask import request
from flask_login import current_user

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.overview.timesheets.month import Month
from lms.overview.timesheets.permissions import visible_tutors
from lms.overview.timesheets.sheet import Sheet, sheet_of


def chosen_month() -> Month:
    """Read the month from the address."""
    return Month.read(request.args.get("month", ""))


def get_sheet(user_id: int) -> Sheet:
    """Load the chosen month of a tutor, or answer 404."""
    seen = visible_tutors(current_user).where(User.id == user_id)
    return sheet_of(db.first_or_404(seen), chosen_month(), viewer=current_user)
