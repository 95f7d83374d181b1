"""Addresses and pages of the calendar: its days, its secret addresses."""

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow, require
from lms.core.extensions import db
from lms.core.search import has_words
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import followed_cohorts, staffed_cohorts
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_coordinate
from lms.overview.agenda import addresses
from lms.overview.agenda.calendars import (
    agenda_of_person,
    calendar_of_team,
    running_memberships,
)
from lms.overview.agenda.deadlines import deadlines_of
from lms.overview.agenda.forms import ViewForm
from lms.overview.agenda.months import Line, coming_months, past_months
from lms.overview.agenda.permissions import can_replace_address, can_take_address
from lms.overview.digest.commands import write_digests
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.schools.teams.loading import get_team, my_membership

bp = Blueprint("agenda", __name__, url_prefix="/agenda")
bp.cli.add_command(write_digests)


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what opens, what is due and when people meet, month by month."""
    cohorts = list(db.session.scalars(followed_cohorts(current_user)))
    arranged = {cohort.id for cohort in cohorts}
    if can_coordinate(current_user):
        staffed = staffed_cohorts(current_user).with_only_columns(Cohort.id)
        arranged = set(db.session.scalars(staffed))
    form = ViewForm(cohorts, formdata=request.args)
    mine = my_membership()
    shown = {"memberships": [mine] if mine else []}
    entries: list[Line] = [
        *agenda_of_person(current_user, form.cohort.data or None, **shown)
    ]
    if not form.cohort.data:
        entries = sorted(
            [*entries, *deadlines_of(current_user)], key=lambda one: one.order
        )
    words = form.q.data or ""
    entries = [entry for entry in entries if has_words(entry.text, words)]
    note_opened(Topic.MEETING)
    return render_template(
        "overview/agenda/index.html",
        form=form,
        cohorts=cohorts,
        arranged=arranged,
        has_entries=bool(entries),
        overdue=[entry for entry in entries if entry.is_late],
        months=coming_months(entries),
        past=past_months(entries),
    )


@bp.get("/subscription")
@allow(SIGNED_IN)
def subscription() -> ResponseReturnValue:
    """Show the secret addresses by which other programs read the calendar."""
    membership = my_membership()
    team = membership.team if membership else None
    return render_template(
        "overview/agenda/subscription.html",
        link=addresses.link_of(current_user),
        team=team,
        team_link=addresses.link_of(team) if team else "",
        may_replace=team is not None and can_replace_address(current_user, team),
    )


@bp.post("/subscription/mine")
@allow(SIGNED_IN)
def give_address() -> ResponseReturnValue:
    """Make the person's own address."""
    addresses.give_address(current_user)
    return redirect(url_for(".subscription"))


@bp.post("/subscription/mine/replace")
@allow(SIGNED_IN)
def replace_address() -> ResponseReturnValue:
    """Close the person's address and make another."""
    addresses.replace_address(current_user)
    flash("Адрес заменён. Прежний больше не открывается.", "success")
    return redirect(url_for(".subscription"))


@bp.post("/subscription/teams/<int:team_id>")
@allow(SIGNED_IN)
def give_team_address(team_id: int) -> ResponseReturnValue:
    """Make the address of one's team."""
    team = get_team(team_id)
    require(can_take_address(current_user, team))
    addresses.give_address(team)
    return redirect(url_for(".subscription"))


@bp.post("/subscription/teams/<int:team_id>/replace")
@allow(SIGNED_IN)
def replace_team_address(team_id: int) -> ResponseReturnValue:
    """Close the address of a team and make another."""
    team = get_team(team_id)
    require(can_replace_address(current_user, team))
    addresses.replace_address(team)
    flash("Адрес команды заменён. Прежний больше не открывается.", "success")
    return redirect(url_for(".subscription"))


@bp.get("/feeds/<token>.ics")
@allow(PUBLIC)
def feed(token: str) -> ResponseReturnValue:
    """Answer a calendar program; whoever knows the address may read."""
    from lms.overview.agenda.feed import calendar_file
    from lms.schools.meetings.event import MEDIA_TYPE

    owner = addresses.owner_of(token) or abort(404)
    if isinstance(owner, User):
        own = running_memberships(owner)
        entries = agenda_of_person(owner, memberships=own)
        has_followed = db.session.scalar(followed_cohorts(owner).limit(1))
        names = len(own) > 1 or has_followed is not None
        body = calendar_file(
            entries,
            name="Точка сборки",
            names_cohorts=names,
            deadlines=deadlines_of(owner),
        )
    else:
        body = calendar_file(calendar_of_team(owner), name=f"Команда «{owner.name}»")
    answer = Response(body, content_type=MEDIA_TYPE)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)
