"""What may be typed about a member."""

from flask_wtf import FlaskForm

from lms.schools.teams.positions import PositionField


class PositionForm(FlaskForm):
    """Who a member is for the school."""

    position = PositionField("Кем приходится школе")


class LeaveForm(FlaskForm):
    """The decision to leave: nothing to type."""
