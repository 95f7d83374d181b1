"""The answer to somebody who has just come into a team, by whatever link."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lms.schools.teams.models import Membership

CALL = ", вы её капитан: позовите остальных, когда оглядитесь"
EXPECT = ", вы её капитан: ниже видно, кто приглашён и ещё не вошёл"


def welcome(membership: Membership, *, others: bool = False) -> ResponseReturnValue:
    """Lead a new member to the course; a captain learns what to do first.

    `others` tells that more people have been invited by name.
    """
    role = (EXPECT if others else CALL) if membership.is_captain else ""
    flash(f"Вы в команде «{membership.team.name}»{role}.", "success")
    return redirect(url_for("home.start"))
