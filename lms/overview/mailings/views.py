"""Addresses and pages of mailings."""

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.mail import fate
from lms.course.cohorts.loading import get_cohort
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.permissions import OBSERVERS
from lms.overview.mailings import sending, services
from lms.overview.mailings.addressees import Group, addressees_of, group_of
from lms.overview.mailings.forms import LetterForm, RemindForm
from lms.overview.mailings.models import Mailing, Outcome
from lms.overview.mailings.permissions import (
    can_remind,
    visible_mailings,
    writes_to_captains,
)
from lms.overview.mailings.reminders import Reminder, remind_team, reminder_for
from lms.overview.mailings.wording import words_for
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.people import PeopleGrid
from lms.schools.teams.loading import get_team
from lms.schools.teams.models import Team

bp = Blueprint("mailings", __name__, url_prefix="/mailings")


def get_mailing(mailing_id: int) -> Mailing:
    """Load a mailing that the current user may see, or answer 404."""
    query = visible_mailings(current_user).where(Mailing.id == mailing_id)
    names = joinedload(Mailing.author), joinedload(Mailing.cohort)
    mailing: Mailing = db.first_or_404(query.options(*names))
    return mailing


@bp.get("/cohorts/<int:cohort_id>/")
@allow(OBSERVERS)
def index(cohort_id: int) -> ResponseReturnValue:
    """What was written to the teams of a cohort, newest first."""
    cohort = get_cohort(cohort_id)
    written = visible_mailings(current_user).where(Mailing.cohort_id == cohort.id)
    newest = written.order_by(Mailing.id.desc()).options(joinedload(Mailing.author))
    page = db.paginate(newest, per_page=30)
    counts = services.count_outcomes(page.items)
    return render_template(
        "overview/mailings/index.html",
        cohort=cohort,
        page=page,
        counts=counts,
        Outcome=Outcome,
    )


@bp.route("/cohorts/<int:cohort_id>/<about>", methods=["GET", "POST"])
@allow(OBSERVERS)
def write(cohort_id: int, about: str) -> ResponseReturnValue:
    """Write to those of a cohort, or of one's own teams, who need it."""
    cohort = get_cohort(cohort_id)
    matrix = matrix_of(cohort, viewer=current_user)
    if request.args.get("mine"):
        matrix = matrix.of_tutor(current_user.id)
    group = group_of(about, matrix) or abort(404)
    to_captains = writes_to_captains(current_user, cohort)
    if to_captains and group.purpose.is_about_people:
        abort(404)
    addressees = addressees_of(matrix, group, viewer=current_user)
    unreachable_ids = services.unreachable(addressees)
    form = LetterForm(
        group.purpose, [a for a in addressees if a.user.id not in unreachable_ids]
    )
    if form.validate_on_submit() and (mailing := send(cohort, group, form)):
        return redirect(url_for(".mailing", mailing_id=mailing.id))
    return render_template(
        "overview/mailings/write.html",
        cohort=cohort,
        group=group,
        addressees=addressees,
        unreachable_ids=unreachable_ids,
        form=form,
        to_captains=to_captains,
        words=words_for(group.purpose),
    )


def send(cohort: Cohort, group: Group, form: LetterForm) -> Mailing | None:
    """Write what the form says, or say there why not."""
    try:
        return services.write_to_group(cohort, group, form.draft, author=current_user)
    except RuleError as error:
        form.form_errors.append(str(error))
        form.may_insist |= isinstance(error, services.WrittenLatelyError)
    return None


@bp.app_template_global()
def reminder_of(team: Team, grid: PeopleGrid) -> tuple[Reminder, RemindForm] | None:
    """Return what the captain who looks may remind the team of, with the button."""
    if not (team.cohort.is_open and can_remind(current_user, team)):
        return None
    return reminder_for(team, grid, current_user), RemindForm()


@bp.post("/teams/<int:team_id>/remind")
@allow(SIGNED_IN)
def remind(team_id: int) -> ResponseReturnValue:
    """A captain reminds those of the team who still have something to do alone."""
    team = get_team(team_id)
    require(can_remind(current_user, team))
    form = RemindForm()
    if form.validate_on_submit():
        try:
            mailing = remind_team(team, captain=current_user, form_key=form.sent_key)
        except RuleError as error:
            flash(str(error), "error")
        else:
            count = len(mailing.recipients)
            people = plural(count, "человеку", "людям", "людям")
            flash(f"Напоминаем {people}. {fate('письма', many=True)}", "success")
    return redirect(url_for("teams.team", team_id=team.id, _anchor="certificate"))


@bp.get("/<int:mailing_id>/")
@allow(OBSERVERS)
def mailing(mailing_id: int) -> ResponseReturnValue:
    """What became of a mailing: who got it, who did not and why."""
    mailing = get_mailing(mailing_id)
    return render_template(
        "overview/mailings/mailing.html",
        mailing=mailing,
        counts=services.count_outcomes([mailing])[mailing.id],
        recipients=services.recipients_of(mailing),
        failing=sending.count_failing(mailing),
        Outcome=Outcome,
    )
