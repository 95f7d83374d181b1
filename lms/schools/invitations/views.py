"""Addresses and pages of invitations."""

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.links import site_link
from lms.core.qr import send_qr
from lms.course.modules.services import current_course
from lms.identity.accounts import limits
from lms.identity.accounts.consents import current_consent_document
from lms.identity.accounts.sessions import begin_session_of
from lms.schools.invitations import services
from lms.schools.invitations.forms import EnterForm, InvitationForm, JoinForm
from lms.schools.invitations.models import Invitation
from lms.schools.members.arrival import welcome
from lms.schools.teams.loading import get_team, my_teams_beside
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import can_invite

bp = Blueprint("invitations", __name__, url_prefix="/invitations")


@bp.app_template_filter("join_link")
def join_link(invitation: Invitation) -> str:
    """Return the whole address, to be sent and to be printed."""
    return site_link("invitations.join", token=invitation.token)


def get_inviting(team_id: int) -> Team:
    """Load a team into which the current user may invite, or answer 404, 403."""
    team = get_team(team_id)
    require(can_invite(current_user, team))
    return team


def get_link(team: Team) -> Invitation:
    """Load the link that a team has now, or answer 404."""
    return services.current_invitation(team) or abort(404)


@bp.route("/teams/<int:team_id>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
def invite(team_id: int) -> ResponseReturnValue:
    """The link of a team: copy it, give it more places and time, or stop it."""
    team = get_inviting(team_id)
    form = InvitationForm(services.current_invitation(team))
    if form.validate_on_submit():
        try:
            services.invite(
                team,
                places=form.places.data,
                days=form.days.data,
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Ссылка готова: отправьте её тем, кого ждёте.", "success")
            return redirect(url_for(".invite", team_id=team.id))
    # Asked anew: a refusal may mean that a colleague has just made one.
    invitation = services.current_invitation(team)
    return render_template(
        "schools/invitations/invite.html", form=form, team=team, invitation=invitation
    )


@bp.post("/teams/<int:team_id>/replace")
@allow(SIGNED_IN)
def replace(team_id: int) -> ResponseReturnValue:
    """Make another link in place of one that got into the wrong hands."""
    team = get_inviting(team_id)
    services.replace_invitation(team, actor=current_user)
    flash("Вот новая ссылка. Прежняя больше не действует.", "success")
    return redirect(url_for(".invite", team_id=team.id))


@bp.post("/teams/<int:team_id>/withdraw")
@allow(SIGNED_IN)
def withdraw(team_id: int) -> ResponseReturnValue:
    """Stop the link."""
    team = get_inviting(team_id)
    services.withdraw_invitation(team, actor=current_user)
    flash("Ссылка отозвана: по ней больше никто не войдёт.", "success")
    return redirect(url_for(".invite", team_id=team.id))


@bp.get("/teams/<int:team_id>/sheet")
@allow(SIGNED_IN)
def sheet(team_id: int) -> ResponseReturnValue:
    """A page to print or to show at a meeting."""
    team = get_inviting(team_id)
    return render_template(
        "schools/invitations/sheet.html",
        team=team,
        invitation=get_link(team),
        course=current_course(),
    )


@bp.get("/teams/<int:team_id>/qr.svg")
@allow(SIGNED_IN)
def qr(team_id: int) -> ResponseReturnValue:
    """The link as a picture for a phone's camera."""
    return send_qr(join_link(get_link(get_inviting(team_id))))


@bp.route("/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
def join(token: str) -> ResponseReturnValue:
    """A new person joins a team by its link; who has an account may `enter`."""
    invitation = get_invitation(token)
    if current_user.is_authenticated:
        return show(invitation, EnterForm())
    form = JoinForm(current_consent_document())
    if form.validate_on_submit():
        try:
            membership = services.register_member(
                invitation,
                full_name=form.full_name.data,
                email=form.email.data,
                password=form.password.data,
                position=form.position.chosen,
                consent_version=form.chosen_version,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            begin_session_of(membership.user_id)
            return welcome(membership)
    form.ask_again(current_consent_document())
    return show(invitation, form)


@bp.post("/<token>/enter")
@allow(SIGNED_IN)
def enter(token: str) -> ResponseReturnValue:
    """A person with an account joins a team."""
    invitation = get_invitation(token)
    form = EnterForm()
    if form.validate_on_submit():
        try:
            membership = services.join_team(
                invitation, user=current_user, position=form.position.chosen
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return welcome(membership)
    return show(invitation, form)


def get_invitation(token: str) -> Invitation:
    """Load what a link leads to, or answer with a page that says what to do."""
    if invitation := services.find_invitation(token):
        return invitation
    abort(make_response(render_template("schools/invitations/unknown.html"), 404))


def show(invitation: Invitation, form: EnterForm | JoinForm) -> ResponseReturnValue:
    """Show where a link leads, to a guest or to a person with an account."""
    page = render_template(
        "schools/invitations/join.html",
        invitation=invitation,
        form=form,
        course=current_course(),
        **my_teams_beside(invitation.team),
    )
    return page, 200, {"X-Robots-Tag": "noindex"}
