"""The answer to somebody who has just come into a team, by whatever link."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.schools.teams.models import Membership


def welcome(membership: Membership) -> ResponseReturnValue:
    """Lead a new member to the course; a captain learns what to do first."""
    captain = ", вы её капитан: позовите остальных на странице «Команда»"
    extra = captain if membership.is_captain else ""
    flash(f"Вы в команде «{membership.team.name}»{extra}.", "success")
    return redirect(url_for("home.start"))
