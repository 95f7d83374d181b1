"""Addresses and pages of newcomers: who is expected, and how they come in."""

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import PUBLIC, SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.mail import fate, has_mail_server
from lms.course.cohorts.loading import get_run_cohort
from lms.course.modules.services import current_course
from lms.identity.accounts import limits
from lms.identity.accounts.consents import current_consent_document
from lms.identity.accounts.permissions import ADMINS
from lms.identity.accounts.sessions import begin_session_of
from lms.schools.enrolments.services import lists_of
from lms.schools.members.arrival import welcome
from lms.schools.newcomers import letters, services
from lms.schools.newcomers.forms import AcceptForm
from lms.schools.newcomers.models import Newcomer
from lms.schools.newcomers.progress import (
    MAX_WORDS,
    Progress,
    awaited_in,
    count_progress,
    listed,
    rows_of,
)
from lms.schools.teams.loading import get_team, my_teams_beside
from lms.schools.teams.models import Membership
from lms.schools.teams.permissions import can_invite

bp = Blueprint("newcomers", __name__, url_prefix="/newcomers")

UNSENT = (
    "Сайт пока не может отправлять письма. Позовите человека ссылкой команды или"
    " скажите организатору курса."
)


def get_newcomer(newcomer_id: int) -> Newcomer:
    """Load a person who was invited by name, or answer 404."""
    return db.get_or_404(Newcomer, newcomer_id, options=[joinedload(Newcomer.team)])


def find_by_link(token: str) -> Newcomer:
    """Load who is invited by a link, or answer with a page that says what to do."""
    if newcomer := services.find_newcomer(token):
        return newcomer
    abort(make_response(render_template("schools/invitations/unknown.html"), 404))


def to_index(cohort_id: int, message: str) -> ResponseReturnValue:
    """Go to those who are expected in a cohort and say there what happened."""
    flash(message, "success")
    return redirect(url_for(".index", cohort_id=cohort_id))


@bp.get("/cohorts/<int:cohort_id>/")
@allow(ADMINS)
def index(cohort_id: int) -> ResponseReturnValue:
    """Who is expected in a cohort: to whom the letter went, and who has come."""
    cohort = get_run_cohort(cohort_id)
    only = Progress.__members__.get(request.args.get("only", ""))
    words = request.args.get("q", "")[:MAX_WORDS]
    page = db.paginate(listed(cohort, only, words), per_page=50)
    return render_template(
        "schools/newcomers/index.html",
        cohort=cohort,
        counts=count_progress(cohort),
        only=only,
        words=words,
        page=page,
        rows=rows_of(page.items),
        enrolments=lists_of(cohort),
    )


@bp.post("/cohorts/<int:cohort_id>/send-again")
@allow(ADMINS)
def send_again(cohort_id: int) -> ResponseReturnValue:
    """Write once more to everybody who has not come."""
    cohort = get_run_cohort(cohort_id)
    return to_index(cohort.id, written_again(letters.send_again(cohort)))


@bp.post("/<int:newcomer_id>/send-again")
@allow(ADMINS)
def send_one_again(newcomer_id: int) -> ResponseReturnValue:
    """Write once more to one person."""
    newcomer = get_newcomer(newcomer_id)
    cohort = newcomer.team.cohort
    count = letters.send_again(cohort, newcomer_id=newcomer.id)
    return to_index(cohort.id, written_again(count))


@bp.post("/<int:newcomer_id>/remind")
@allow(SIGNED_IN)
def remind(newcomer_id: int) -> ResponseReturnValue:
    """Whoever invites into a team writes once more to a person who has not come."""
    newcomer = get_newcomer(newcomer_id)
    team = get_team(newcomer.team_id)
    require(can_invite(current_user, team))
    to_team = redirect(url_for("teams.team", team_id=team.id))
    try:
        count = letters.remind(newcomer)
    except RuleError as error:
        flash(str(error), "warning")
        return to_team
    if has_mail_server():
        flash(written_again(count), "success")
    else:
        flash(UNSENT, "warning")
    return to_team


def written_again(count: int) -> str:
    """Say what becomes of how many letters."""
    if not count:
        return "Писать сейчас некому: письма в очереди или все уже пришли."
    return fate(plural(count, "письмо", "письма", "писем"), many=count != 1)


@bp.post("/<int:newcomer_id>/withdraw")
@allow(ADMINS)
def withdraw(newcomer_id: int) -> ResponseReturnValue:
    """Stop expecting somebody."""
    newcomer = get_newcomer(newcomer_id)
    services.withdraw_newcomer(newcomer, actor=current_user)
    message = f"Приглашение отозвано: {newcomer.full_name}. Ссылка не действует."
    return to_index(newcomer.team.cohort_id, message)


@bp.route("/<token>", methods=["GET", "POST"])
@allow(PUBLIC)
@limits.tries_per_address
def join(token: str) -> ResponseReturnValue:
    """A person comes by the link of a letter; who has an account may `enter`."""
    newcomer = find_by_link(token)
    document = current_consent_document()
    form = AcceptForm(newcomer, document)
    if not current_user.is_authenticated and form.validate_on_submit():
        try:
            membership = services.register_newcomer(
                newcomer,
                full_name=form.full_name.data,
                password=form.password.data,
                consent_version=form.chosen_version,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            begin_session_of(membership.user_id)
            return _welcome(membership)
    form.ask_again(current_consent_document())
    return show(newcomer, form)


@bp.post("/<token>/enter")
@allow(SIGNED_IN)
def enter(token: str) -> ResponseReturnValue:
    """An invited person with an account comes into the team."""
    newcomer = find_by_link(token)
    return _welcome(services.enter_team(newcomer, user=current_user))


def _welcome(membership: Membership) -> ResponseReturnValue:
    return welcome(membership, others=bool(awaited_in(membership.team)))


def show(newcomer: Newcomer, form: AcceptForm) -> ResponseReturnValue:
    """Show where a link leads, to a guest or to a person with an account."""
    is_known = current_user.is_authenticated
    page = render_template(
        "schools/newcomers/join.html",
        newcomer=newcomer,
        form=form,
        has_account=is_known or services.has_account(newcomer),
        course=current_course(),
        **my_teams_beside(newcomer.team),
    )
    return page, 200, {"X-Robots-Tag": "noindex"}
