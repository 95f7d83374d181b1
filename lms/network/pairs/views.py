"""Addresses and pages of pairs: the list, one with its plan, its rows, its papers."""

from functools import partial

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.edit_forms import save_edit
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.limits import additions_per_person
from lms.identity.accounts.permissions import ADMINS, COORDINATORS
from lms.network.pairs import services
from lms.network.pairs.forms import EventForm, PairForm
from lms.network.pairs.listing import line_of, lines_for
from lms.network.pairs.loading import get_event, get_led_pair, get_own_pair, get_pair
from lms.network.pairs.models import Pair, PairEvent
from lms.network.pairs.permissions import (
    can_lead,
    can_write,
    leads_pairs,
    schools_to_pair,
)
from lms.network.pairs.suggestions import suggestions_for
from lms.network.pairs.tables import COLUMNS, about, term_of
from lms.schools.teams.loading import my_membership

bp = Blueprint("pairs", __name__, url_prefix="/pairs")

LEADERS = COORDINATORS | ADMINS
EVENT = "/<int:pair_id>/events/<int:event_id>"


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """See the pairs of one's schools; a coordinator sees whom to bring together."""
    is_leading = leads_pairs(current_user)
    return render_template(
        "network/pairs/index.html",
        lines=lines_for(current_user),
        suggestions=suggestions_for(current_user) if is_leading else [],
        is_leading=is_leading,
        is_member=my_membership() is not None,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(LEADERS)
@additions_per_person
def create() -> ResponseReturnValue:
    """Bring two schools together."""
    schools = list(db.session.scalars(schools_to_pair(current_user)))
    form = PairForm(schools, data=request.args if request.method == "GET" else None)
    by_id = {school.id: school for school in schools}
    if form.validate_on_submit():
        try:
            pair = services.open_pair(
                by_id[form.first_id.data],
                by_id[form.second_id.data],
                goal=form.goal.data,
                signed_on=form.signed_on.data,
                until=form.until.data,
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Пара открыта: план пишут обе школы.", "success")
            return redirect(url_for(".pair", pair_id=pair.id))
    return render_template("network/pairs/create.html", form=form)


@bp.get("/<int:pair_id>/")
@allow(SIGNED_IN)
def pair(pair_id: int) -> ResponseReturnValue:
    """Read what two schools plan and what came of it."""
    pair = get_pair(pair_id)
    return render_template(
        "network/pairs/pair.html",
        pair=pair,
        line=line_of(pair),
        about=about(pair),
        columns=list(COLUMNS),
        term_of=term_of,
        may_write=pair.is_open and can_write(current_user, pair),
        may_close=pair.is_open and can_lead(current_user, pair),
    )


@bp.post("/<int:pair_id>/close")
@allow(SIGNED_IN)
def close(pair_id: int) -> ResponseReturnValue:
    """End a pair; its plan stays to be read."""
    services.close_pair(get_led_pair(pair_id), actor=current_user)
    flash("Пара закрыта. План остался для чтения.", "success")
    return redirect(url_for(".pair", pair_id=pair_id))


@bp.route("/<int:pair_id>/events/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add_event(pair_id: int) -> ResponseReturnValue:
    """Add a row to the plan."""
    pair, form = get_own_pair(pair_id), EventForm()
    if form.validate_on_submit():
        try:
            services.add_event(
                pair, form.values, author=current_user, form_key=form.sent_key
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Мероприятие добавлено.", "success")
            return _to_plan(pair)
    return _event_page(pair, form)


@bp.route(EVENT, methods=["GET", "POST"])
@allow(SIGNED_IN)
def change_event(pair_id: int, event_id: int) -> ResponseReturnValue:
    """Correct a row, or say what came of it."""
    pair = get_own_pair(pair_id)
    event = get_event(pair, event_id)
    form = EventForm(obj=event)
    if request.method == "GET":
        form.show(event)
    change = partial(services.change_event, pair)
    if save_edit(form, event, change, load=lambda _id: event):
        return _to_plan(pair)
    return _event_page(pair, form, event)


@bp.post(f"{EVENT}/remove")
@allow(SIGNED_IN)
def remove_event(pair_id: int, event_id: int) -> ResponseReturnValue:
    """Take a row out of the plan."""
    pair = get_own_pair(pair_id)
    services.remove_event(pair, get_event(pair, event_id), author=current_user)
    flash("Строка убрана.", "success")
    return _to_plan(pair)


@bp.get("/<int:pair_id>/plan.docx")
@allow(SIGNED_IN)
def word(pair_id: int) -> Response:
    """Download the plan for Word."""
    from lms.core.documents import MEDIA_TYPE
    from lms.network.pairs.papers import word_plan

    pair = get_pair(pair_id)
    return _download(word_plan(pair), pair, "docx", MEDIA_TYPE)


@bp.get("/<int:pair_id>/plan.xlsx")
@allow(SIGNED_IN)
def workbook(pair_id: int) -> Response:
    """Download the plan as a workbook."""
    from lms.core.workbooks import MEDIA_TYPE
    from lms.network.pairs.papers import workbook_of

    pair = get_pair(pair_id)
    return _download(workbook_of(pair), pair, "xlsx", MEDIA_TYPE)


def _download(made: bytes, pair: Pair, ending: str, media_type: str) -> Response:
    return send_made(made, f"План пары школ, {pair.title}", ending, media_type)


def _to_plan(pair: Pair) -> ResponseReturnValue:
    return redirect(url_for(".pair", pair_id=pair.id, _anchor="plan"))


def _event_page(pair: Pair, form: EventForm, event: PairEvent | None = None) -> str:
    template = "network/pairs/event.html"
    return render_template(template, pair=pair, form=form, event=event)
