"""Addresses and pages of teams and their schools."""

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.course.cohorts.loading import get_run_cohort
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.permissions import (
    ADMINS,
    OBSERVERS,
    can_administer,
    can_observe,
)
from lms.overview.progress.people import people_of_team
from lms.schools.invitations.services import current_invitation, invite
from lms.schools.newcomers.progress import arrivals_of, awaited_in
from lms.schools.teams import search, services
from lms.schools.teams.forms import NOBODY, FilterForm, SchoolForm, TeamForm
from lms.schools.teams.loading import get_team, my_membership, schools_to_choose
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import (
    can_change_members,
    can_invite,
    looks_after,
    visible_teams,
    ways_to_teams,
)
from lms.schools.teams.roster import (
    TeamState,
    in_state,
    memberships_of,
    roster_of,
    teams_by_school,
    tutors_by_team,
)
from lms.schools.teams.table_forms import TableFilter, TableForm
from lms.schools.teams.tutors import choose_tutors

PAGE = 50

bp = Blueprint("teams", __name__, url_prefix="/teams")


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
    )


@bp.route("/cohorts/<int:cohort_id>/", methods=["GET", "POST"])
@allow(ADMINS)
def table(cohort_id: int) -> ResponseReturnValue:
    """All teams of a cohort, and the tutors of many of them at once."""
    cohort = get_run_cohort(cohort_id)
    filters = TableFilter(cohort.tutors, formdata=request.args)
    found = search_table(cohort, filters)
    page = db.paginate(found, per_page=PAGE, error_out=False)
    entries = roster_of(shown_teams(cohort) or page.items)
    form = TableForm(entries, cohort.tutors, tutors_by_team(found))
    if form.validate_on_submit():
        try:
            changed = choose_tutors(cohort, choices=form.choices, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
            form.meet()
        else:
            flash(_chosen(changed), "success")
            return redirect(request.full_path)
    return render_template(
        "schools/teams/table.html",
        cohort=cohort,
        filters=filters,
        form=form,
        page=page,
        arrivals=arrivals_of([entry.team for entry in entries]),
    )


def search_table(cohort: Cohort, filters: TableFilter) -> sa.Select[Team]:
    """Return the teams of a cohort that the filters leave."""
    words, tutor = filters.q.data or "", filters.tutor.data
    found = teams_in(cohort).where(search.with_words(words))
    if tutor and filters.tutor.validate(filters):  # one of those who are offered
        tutor_id = None if int(tutor) == NOBODY else int(tutor)
        found = found.where(Team.tutor_id.is_not_distinct_from(tutor_id))
    if state := TeamState.__members__.get(filters.state.data or ""):
        found = in_state(found, state)
    return found


def shown_teams(cohort: Cohort) -> list[Team]:
    """Return the teams that the form was about, whoever is found by now."""
    ids = request.form.getlist("shown", type=int)
    if not ids:
        return []
    found = teams_in(cohort).where(Team.id.in_(ids[:PAGE]))
    return list(db.session.scalars(found))


def teams_in(cohort: Cohort) -> sa.Select[Team]:
    """Return the teams of a cohort in the order of their places."""
    teams = visible_teams(current_user).where(Team.cohort_id == cohort.id)
    return search.by_place(teams)


def _chosen(changed: int) -> str:
    if not changed:
        return "Ничего не изменилось: тьюторы уже такие."
    teams = plural(changed, "команды", "команд", "команд")
    return f"Сохранено. Тьютор сменился у {teams}."


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
        grid=people_of_team(team, current_user, is_staff=is_staff)
        if is_theirs
        else None,
        invitation=current_invitation(team) if may_invite else None,
        arrivals=arrivals_of([team]).get(team.id),
        awaited=awaited_in(team),
    )


@bp.route("/new/<int:cohort_id>", methods=["GET", "POST"])
@allow(ADMINS)
def create(cohort_id: int) -> ResponseReturnValue:
    """An admin adds a school's team to a cohort and gets the link for the school."""
    cohort = get_run_cohort(cohort_id)
    form = TeamForm(schools_to_choose(), cohort.tutors)
    if form.validate_on_submit():
        try:
            team = services.create_team(
                cohort=cohort,
                school=form.chosen_school,
                name=form.name.data,
                tutor=form.chosen_tutor,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            invite(team, actor=current_user)
            flash("Команда добавлена. Отправьте ссылку-приглашение в школу.", "success")
            return redirect(url_for("invitations.invite", team_id=team.id))
    return render_template("schools/teams/create.html", form=form, cohort=cohort)


@bp.route("/<int:team_id>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(team_id: int) -> ResponseReturnValue:
    """Correct a team's name, school or tutor."""
    team = get_team(team_id)
    form = TeamForm(schools_to_choose(team), team.cohort.tutors, team=team)
    if form.validate_on_submit():
        try:
            services.edit_team(
                team,
                school=form.chosen_school,
                name=form.name.data,
                tutor=form.chosen_tutor,
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            return redirect(url_for(".team", team_id=team.id))
    return render_template("schools/teams/edit.html", form=form, team=team)


@bp.get("/schools/")
@allow(ADMINS)
def schools() -> ResponseReturnValue:
    """Every school with its teams."""
    words = request.args.get("q", "")
    part = search.find_schools(words).part()
    return render_template(
        "schools/teams/schools.html",
        part=part,
        words=words,
        teams=teams_by_school(part.items),
    )


@bp.route("/schools/<int:school_id>", methods=["GET", "POST"])
@allow(ADMINS)
def school(school_id: int) -> ResponseReturnValue:
    """Correct a school."""
    school = db.get_or_404(School, school_id)
    form = SchoolForm(obj=school)
    if form.validate_on_submit():
        try:
            services.edit_school(
                school,
                name=form.name.data,
                municipality=form.municipality.data,
                region=form.region.data,
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            return redirect(url_for(".schools"))
    return render_template("schools/teams/school.html", form=form, school=school)
