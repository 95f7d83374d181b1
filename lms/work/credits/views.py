"""Addresses and pages of credits."""

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.loading import get_judged_cohort
from lms.course.cohorts.models import Cohort
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import TUTORS
from lms.schools.teams.models import Membership, Team
from lms.work.credits import services
from lms.work.credits.earlier import earlier_works
from lms.work.credits.forms import ExcuseForm

bp = Blueprint("credits", __name__, url_prefix="/credits")


def get_member(cohort_id: int, user_id: int) -> tuple[User, Cohort]:
    """Load a member of a team whose work the current user judges, or answer 404."""
    cohort = get_judged_cohort(cohort_id)
    teams = sa.select(Membership.user_id).join(Membership.team)
    members = teams.where(Team.cohort_id == cohort_id)
    member = db.first_or_404(
        sa.select(User).where(User.id == user_id, User.id.in_(members))
    )
    require(member.id != current_user.id)
    return member, cohort


@bp.route("/<int:cohort_id>/<int:user_id>", methods=["GET", "POST"])
@allow(TUTORS)
def excuse(cohort_id: int, user_id: int) -> ResponseReturnValue:
    """Release one member from the work or the webinar of a module, with a reason."""
    member, cohort = get_member(cohort_id, user_id)
    owed = services.owed_by(member, cohort, viewer=current_user)
    earlier = earlier_works(member, cohort, [one.module_id for one in owed])
    form = ExcuseForm(
        owed,
        services.webinars_owed_by(member, cohort),
        earlier=earlier,
        chosen=request.args.get("module", type=int),
    )
    if form.validate_on_submit():
        module = db.session.get_one(Module, form.module_id)
        from_it = (
            services.excuse_from_webinar if form.is_webinar else services.excuse_member
        )
        try:
            from_it(member, module, cohort, tutor=current_user, reason=form.reason.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            what = "Вебинар засчитан" if form.is_webinar else "Работа зачтена без сдачи"
            flash(f"{what}, причина записана в журнал.", "success")
            way = url_for("certificates.remaining", user_id=member.id, cohort=cohort.id)
            return redirect(way)
    return render_template(
        "work/credits/excuse.html",
        form=form,
        member=member,
        cohort=cohort,
        earlier=[(m, earlier[m.module_id]) for m in owed if m.module_id in earlier],
        may_credit=services.can_credit_earlier(current_user, cohort),
    )
