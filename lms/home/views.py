"""The front page of the course and the start page of each role."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.access import PUBLIC, SIGNED_IN, allow
from lms.cohorts.programme import current_course
from lms.home.emblem import points_of
from lms.home.navigation import my_membership
from lms.home.next_step import outlook
from lms.home.path import path_of
from lms.home.programme import programme_of
from lms.teams.models import Membership

bp = Blueprint("home", __name__)


@bp.get("/")
@allow(PUBLIC)
def front() -> ResponseReturnValue:
    """Tell a visitor in a minute what the course is."""
    course = current_course()
    return render_template(
        "home/front.html",
        course=course,
        programme=programme_of(course) if course else None,
    )


@bp.get("/home/")
@allow(SIGNED_IN)
def start() -> ResponseReturnValue:
    """Show a person what waits for them, by what they are on the course."""
    if membership := my_membership():
        return _participant(membership)
    return render_template("home/guest.html")


def _participant(membership: Membership) -> str:
    steps = path_of(current_user, membership.team)
    return render_template(
        "home/participant.html",
        team=membership.team,
        outlook=outlook(steps),
        points=points_of(steps),
    )
