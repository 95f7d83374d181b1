"""The list of teams, one team, and one's own."""

from collections.abc import Sequence

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.permissions import (
    OBSERVERS,
    can_administer,
    can_observe,
    can_run_cohorts,
)
from lms.monitoring.indicators.permissions import answers_for_school, can_accept
from lms.monitoring.reports.scope import key_of
from lms.network.partners.permissions import can_read_partners
from lms.overview.progress.people import people_of_team
from lms.schools.invitations.services import current_invitation
from lms.schools.newcomers.progress import arrivals_of, awaited_in
from lms.schools.teams import search
from lms.schools.teams.forms import FilterForm
from lms.schools.teams.loading import get_team, my_membership
from lms.schools.teams.models import Membership, Team
from lms.schools.teams.permissions import (
    can_change_members,
    can_invite,
    looks_after,
    ways_to_teams,
)
from lms.schools.teams.roster import memberships_of, roster_of
from lms.schools.teams.views.blueprint import bp


@bp.get("/")
@allow(OBSERVERS)
def index() -> ResponseReturnValue:
    """The teams of an admin or a tutor, found by cohort and by words."""
    cohorts = visible_cohorts(current_user).order_by(Cohort.starts_on.desc())
    names = db.session.execute(cohorts.with_only_columns(Cohort.id, Cohort.name))
    form = FilterForm(names, formdata=request.args)
    found = search.find_teams(
        ways_to_teams(current_user),
        words=form.q.data or "",
        cohort_id=form.cohort.data,
    )
    part = found.part()
    return render_template(
        "schools/teams/index.html",
        form=form,
        part=part,
        entries=roster_of(part.items),
        may_administer=can_administer(current_user),
        only_coordinates=not can_run_cohorts(current_user),
    )


@bp.get("/mine")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """One's own team, or what to do without one."""
    if membership := my_membership():
        return redirect(url_for(".team", team_id=membership.team_id))
    return render_template(
        "schools/teams/mine.html", may_observe=can_observe(current_user)
    )


@bp.get("/<int:team_id>/")
@allow(SIGNED_IN)
def team(team_id: int) -> ResponseReturnValue:
    """Who is in a team, and how others come in."""
    team = get_team(team_id)
    people = memberships_of(team)
    may_invite = can_invite(current_user, team)
    is_staff = looks_after(current_user, team)
    members = [m for m in people if m.is_active]
    is_theirs = is_staff or current_user.id in {m.user_id for m in members}
    return render_template(
        "schools/teams/team.html",
        team=team,
        members=members,
        past=[m for m in people if not m.is_active],
        may_invite=may_invite,
        may_change=can_change_members(current_user, team),
        may_administer=can_administer(current_user),
        is_staff=is_staff,
        is_theirs=is_theirs,
        year=key_of(SchoolYear.of(today())) if _reads_figures(team, members) else None,
        reads_partners=can_read_partners(current_user, team.school_id),
        grid=people_of_team(team, current_user, is_staff=is_staff)
        if is_theirs
        else None,
        invitation=current_invitation(team) if may_invite else None,
        arrivals=arrivals_of([team]).get(team.id),
        awaited=awaited_in(team),
    )


def _reads_figures(team: Team, members: Sequence[Membership]) -> bool:
    """Tell who goes on to the numbers of a school: who answers for them or accepts."""
    own = (member for member in members if member.user_id == current_user.id)
    return any(map(answers_for_school, own)) or can_accept(current_user, team.school)
