"""The front page of the course and the start page of each role."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.backup.report import last_backup_in_words
from lms.core.links import site_link
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import run_cohorts
from lms.course.modules.loading import open_module
from lms.course.modules.services import current_course
from lms.course.settings.loading import my_settings
from lms.identity.accounts.permissions import (
    anybody_like,
    can_administer,
    can_coordinate,
    can_judge,
    can_observe,
)
from lms.monitoring.indicators.asking import owed_by
from lms.monitoring.indicators.permissions import answers_for_school
from lms.monitoring.projects.reminders import awaited_of
from lms.monitoring.surveys.requests import requests_to
from lms.outcomes.certificates.readiness import ready_count, rules_of
from lms.outcomes.certificates.registry import newest_certificate
from lms.overview.home.attention import read_attention, stuck
from lms.overview.home.concern import Concern
from lms.overview.home.emblem import points_of
from lms.overview.home.first_day import first_day
from lms.overview.home.network import waiting_in_network
from lms.overview.home.next_step import outlook
from lms.overview.home.people import people_of
from lms.overview.home.pictures import link_card, picture
from lms.overview.home.programme import halves_of, programme_of
from lms.overview.home.schools import my_schools
from lms.overview.news.loading import my_news
from lms.overview.news.wording import lines_of
from lms.review.appeals.hearing import appeals_of_works
from lms.review.deferrals.permissions import decidable_deferrals
from lms.review.reviews.loading import read_errands
from lms.review.reviews.queue import Filters, ids_in_turn
from lms.review.reviews.rows import rows_of
from lms.schools.meetings.invited import next_meeting
from lms.schools.teams.loading import my_header, my_membership
from lms.schools.teams.models import Membership
from lms.schools.teams.roster import counted
from lms.work.credits.loading import my_path
from lms.work.credits.path import Step

bp = Blueprint("home", __name__)
FIRST_WORKS = 5
FIRST_COHORTS = 10


@bp.get("/")
@allow(PUBLIC)
def front() -> ResponseReturnValue:
    """Tell a visitor in a minute what the course is."""
    course = current_course()
    if course is None:
        return render_template("overview/home/unpublished.html")
    before, after = halves_of(course.html)
    return render_template(
        "overview/home/front.html",
        course=course,
        now=my_settings(),
        before=before,
        after=after,
        programme=programme_of(course),
        specimen=picture("certificate"),
        plan=picture("plan"),
        address=site_link("home.front"),
        card=link_card(),
    )


@bp.get("/robots.txt")
@allow(PUBLIC)
def robots() -> Response:
    """Invite search engines to what visitors read, and to no page about people."""
    module = open_module()
    lines = ["User-agent: *", "Disallow: /", "Allow: /$", "Allow: /static/"]
    if module:
        lines.append(f"Allow: {url_for('modules.read', slug=module.slug)}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@bp.get("/home/")
@allow(SIGNED_IN)
def start() -> ResponseReturnValue:
    """Show a person what waits for them, by all that they are on the course."""
    steps = my_path()
    membership = my_membership()
    if not (membership or current_user.roles):
        return render_template("overview/home/guest.html")
    return render_template(
        "overview/home/start.html",
        path=_path(membership, steps) if membership else None,
        network=_network(membership),
        stuck=stuck(current_user) if can_observe(current_user) else [],
        queue=_queue() if can_judge(current_user) else None,
        schools=my_schools(current_user) if can_coordinate(current_user) else None,
        studio=_studio() if can_administer(current_user) else None,
    )


def _network(membership: Membership | None) -> list[Concern]:
    """Ask for those alone who take part or look after schools."""
    if membership or can_coordinate(current_user):
        return waiting_in_network(current_user)
    return []


def _path(membership: Membership, steps: Sequence[Step]) -> dict[str, Any]:
    team, now = membership.team, outlook(steps)
    answers = answers_for_school(membership)
    # Before its first accepted work a team has no project, and is spared a statement.
    is_under_way = any(step.is_accepted for step in steps) and not team.cohort.is_closed
    is_finished = my_header().certificate is not None
    return {
        "team": team,
        "appeals": appeals_of_works(list(now.verdicts)),
        "outlook": now,
        "meeting": next_meeting(team),
        "figures": owed_by(team.school) if answers else None,
        "project": awaited_of(team) if answers and is_under_way else None,
        "points": points_of(steps),
        "news": lines_of(my_news(), steps),
        "requests": requests_to(current_user, [membership]),
        "people": people_of(membership) if now.is_beginning else None,
        "certificate": (
            newest_certificate(current_user, team.cohort) if is_finished else None
        ),
    }


def _queue() -> dict[str, Any]:
    ready = ready_count(rules_of(current_user), anybody_like(current_user))
    errands = read_errands(decidable_deferrals, ready)
    first = ids_in_turn(current_user, Filters(), limit=FIRST_WORKS)
    return {
        "errands": errands,
        "summary": errands.summary,
        "rows": rows_of(first, current_user),
        "filters": Filters(),
        "ready": errands.other,
    }


def _studio() -> dict[str, Any]:
    turn = sa.case((Cohort.state == CohortState.OPEN, 0), else_=1)
    is_closed = Cohort.state == CohortState.CLOSED
    cohorts = run_cohorts(current_user).order_by(
        is_closed, turn, Cohort.starts_on.desc(), Cohort.id
    )
    return {
        "first_day": first_day(my_settings()),
        "attention": read_attention(current_user),
        "cohorts": counted(cohorts.limit(FIRST_COHORTS + 1)),
        "most_cohorts": FIRST_COHORTS,
        "backup": last_backup_in_words(),
    }
