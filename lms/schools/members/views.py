"""Addresses and pages about one member of a team."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.names import short_name
from lms.schools.members import services
from lms.schools.members.forms import LeaveForm, PositionForm
from lms.schools.teams.loading import get_membership
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import can_change_members, can_change_position

bp = Blueprint("members", __name__, url_prefix="/members")


def get_changeable(membership_id: int) -> Membership:
    """Load a membership that the current user may end or begin, or answer 404, 403."""
    membership = get_membership(membership_id)
    require(can_change_members(current_user, membership.team))
    return membership


def to_team(membership: Membership, message: str) -> ResponseReturnValue:
    """Go to the page of the team and say there what happened."""
    flash(message, "success")
    return redirect(url_for("teams.team", team_id=membership.team_id))


@bp.route("/<int:membership_id>/position", methods=["GET", "POST"])
@allow(SIGNED_IN)
def position(membership_id: int) -> ResponseReturnValue:
    """Correct who a member is for the school."""
    membership = get_membership(membership_id)
    require(can_change_position(current_user, membership))
    form = PositionForm(data={"position": membership.position.name})
    if form.validate_on_submit():
        services.change_position(membership, position=form.position.chosen)
        return to_team(membership, "Сохранено.")
    return render_template(
        "schools/members/position.html", form=form, membership=membership
    )


@bp.post("/<int:membership_id>/captain")
@allow(SIGNED_IN)
def make_captain(membership_id: int) -> ResponseReturnValue:
    """Hand the team over to a member."""
    membership = get_changeable(membership_id)
    services.make_captain(membership, actor=current_user)
    name = short_name(membership.user.full_name)
    return to_team(membership, f"Теперь капитан — {name}.")


@bp.post("/<int:membership_id>/remove")
@allow(SIGNED_IN)
def remove(membership_id: int) -> ResponseReturnValue:
    """End somebody's membership."""
    membership = get_changeable(membership_id)
    services.leave_team(membership, actor=current_user)
    name = short_name(membership.user.full_name)
    return to_team(
        membership,
        f"{name} больше не в команде. Вернуть можно внизу страницы.",
    )


@bp.post("/<int:membership_id>/bring-back")
@allow(SIGNED_IN)
def bring_back(membership_id: int) -> ResponseReturnValue:
    """Begin a membership of somebody who has left."""
    membership = get_changeable(membership_id)
    services.return_to_team(membership, actor=current_user)
    name = short_name(membership.user.full_name)
    return to_team(membership, f"{name} снова в команде.")


@bp.post("/<int:membership_id>/choose")
@allow(SIGNED_IN)
def choose(membership_id: int) -> ResponseReturnValue:
    """Go on with another team of one's own."""
    membership = get_membership(membership_id)
    require(membership.user_id == current_user.id)
    services.choose_team(membership)
    return redirect(url_for("home.start"))


@bp.route("/<int:membership_id>/leave", methods=["GET", "POST"])
@allow(SIGNED_IN)
def leave(membership_id: int) -> ResponseReturnValue:
    """A person leaves the team by themselves, after reading what it means."""
    membership = get_membership(membership_id)
    require(membership.user_id == current_user.id)
    form = LeaveForm()
    if form.validate_on_submit():
        try:
            services.leave_team(membership, actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Вы вышли из команды «{membership.team.name}».", "success")
            return redirect(url_for("teams.mine"))
    return render_template(
        "schools/members/leave.html",
        form=form,
        membership=membership,
        must_hand_over=services.must_hand_over(membership),
    )
