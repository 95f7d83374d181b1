"""Addresses and pages of the exchange."""

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.limits import additions_per_person
from lms.network.exchange import asking, services
from lms.network.exchange.board import lines_for, own_lines
from lms.network.exchange.forms import QuestionForm, ShowForm
from lms.network.exchange.loading import get_line, get_question, my_school_here
from lms.network.exchange.models import ShownLine
from lms.network.exchange.permissions import can_ask, region_of
from lms.network.partners.loading import get_own_partner
from lms.network.partners.models import PartnerKind
from lms.network.partners.permissions import can_edit_partners
from lms.network.practices.forms import ReplyForm, reply_forms
from lms.network.practices.outsiders import mentions_in

bp = Blueprint("exchange", __name__, url_prefix="/partners/exchange")
PER_PAGE = 20


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """What neighbours show, with what suits one's own lines first."""
    school, own = my_school_here(), own_lines(current_user)
    kinds = {kind.name: kind for kind in PartnerKind}
    kind = kinds.get(request.args.get("kind", ""))
    page = db.paginate(
        lines_for(current_user, own, kind), per_page=PER_PAGE, error_out=False
    )
    return render_template(
        "network/exchange/index.html",
        school=school,
        region=region_of(school) if school else "",
        own=own,
        waiting=asking.unanswered_at(school.id) if school else [],
        page=page,
        kinds=kinds,
        kind=kind,
    )


@bp.get("/<int:line_id>/")
@allow(SIGNED_IN)
def line(line_id: int) -> ResponseReturnValue:
    """Read a line, ask the school about it, answer a neighbour."""
    return _show(get_line(line_id))


@bp.post("/<int:line_id>/questions")
@allow(SIGNED_IN)
@additions_per_person
def ask(line_id: int) -> ResponseReturnValue:
    """Ask the school; the answer comes to this page and in a letter."""
    line, form = get_line(line_id), QuestionForm()
    school = my_school_here()
    is_gone = not line.is_open
    require(is_gone or can_ask(current_user, line))
    if school and form.validate_on_submit():
        try:
            asking.ask(
                line,
                form.text.data,
                asker=current_user,
                school=school,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Вопрос у школы. Ответ встанет здесь и придёт письмом.", "success")
            return _to(line)
    return _show(get_line(line_id), question_form=form)


@bp.post("/<int:line_id>/questions/<int:question_id>")
@allow(SIGNED_IN)
@additions_per_person
def reply(line_id: int, question_id: int) -> ResponseReturnValue:
    """Answer the question of a neighbour."""
    line, form = get_line(line_id), ReplyForm(question_id)
    question = get_question(line, question_id)
    if form.validate_on_submit():
        asking.answer(line, question, form.text.data, member=current_user)
        flash("Ответ отправлен.", "success")
        return _to(line)
    return _show(get_line(line_id), replies={question_id: form})


@bp.route("/partners/<int:partner_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def show(partner_id: int) -> ResponseReturnValue:
    """See what neighbours would read of a partner, and agree to it."""
    partner = get_own_partner(partner_id)
    form = ShowForm(data={"version": partner.version})
    if form.validate_on_submit():
        try:
            services.show_line(
                partner, seen=form.version.data or 0, author=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
            partner = get_own_partner(partner_id)
            form.version.data, form.version.raw_data = partner.version, None
        else:
            flash("Соседи видят эту строку. Скрыть её можно в любой день.", "success")
            return redirect(url_for("partners.partner", partner_id=partner_id))
    return render_template(
        "network/exchange/show.html",
        partner=partner,
        form=form,
        obstacle=services.obstacle(partner),
        region=region_of(partner.school),
        names=[one.word for one in mentions_in([partner.gives, partner.wants])],
    )


@bp.post("/partners/<int:partner_id>/hide")
@allow(SIGNED_IN)
def hide(partner_id: int) -> ResponseReturnValue:
    """Take a line back from the neighbours."""
    partner = get_own_partner(partner_id)
    services.hide_line(partner, author=current_user)
    flash("Соседи эту строку больше не видят.", "success")
    return redirect(url_for("partners.partner", partner_id=partner_id))


def _show(
    line: ShownLine,
    *,
    question_form: QuestionForm | None = None,
    replies: Mapping[int, ReplyForm] | None = None,
) -> ResponseReturnValue:
    is_ours = can_edit_partners(current_user, line.partner.school_id)
    asked = asking.questions_of(line, asker=None if is_ours else current_user)
    return render_template(
        "network/exchange/line.html",
        line=line,
        is_ours=is_ours,
        questions=asked,
        reply_forms=reply_forms(asked, replies or {}),
        may_ask=can_ask(current_user, line),
        waits=any(not one.answered_at for one in asked),
        question_form=question_form or QuestionForm(),
    )


def _to(line: ShownLine) -> ResponseReturnValue:
    return redirect(url_for(".line", line_id=line.id, _anchor="questions"))
