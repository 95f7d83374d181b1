"""One card: as everybody reads it, as its team writes it, as an editor judges it."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.language import full_day
from lms.core.links import site_link
from lms.identity.accounts.permissions import STAFF
from lms.network.practices import agreeing, exchange, publishing
from lms.network.practices.consents import Consents, consents_of
from lms.network.practices.forms import (
    AnswerForm,
    GiveBackForm,
    QuestionForm,
    ReplyForm,
    UseForm,
    VersionForm,
    WordsForm,
    reply_forms,
)
from lms.network.practices.loading import (
    get_own_practice,
    get_practice,
    get_practice_to_edit,
    my_school,
)
from lms.network.practices.models import Part, Practice
from lms.network.practices.newer import newer_edition
from lms.network.practices.permissions import (
    belongs_to,
    can_edit_bank,
    can_lead_card,
)
from lms.network.practices.views.blueprint import bp
from lms.network.practices.writing import complaint_about, unconfirmed

GONE = 410


@bp.get("/<int:practice_id>/")
@allow(PUBLIC)
def practice(practice_id: int) -> ResponseReturnValue:
    """Read a card; of one that was taken back, that it was."""
    return show_card(get_practice(practice_id))


@bp.get("/<int:practice_id>/practice.docx")
@allow(PUBLIC)
def word(practice_id: int) -> Response:
    """Download a card for Word, as long as it stands in the bank."""
    from lms.core.documents import MEDIA_TYPE
    from lms.network.practices.papers import word_card

    practice = get_practice(practice_id)
    if not practice.is_public:
        abort(404)
    about = [
        f"{practice.school_name}, {practice.municipality}",
        ", ".join(practice.costs),
        f"Банк практик, {site_link('practices.practice', practice_id=practice.id)}",
    ]
    if practice.published_at:
        about.append(f"Опубликовано {full_day(practice.published_at.date())}")
    made = word_card(consents_of(practice), about=about)
    return send_made(made, f"Практика. {practice.title}", "docx", MEDIA_TYPE)


@bp.post("/<int:practice_id>/answer")
@allow(SIGNED_IN)
def answer(practice_id: int) -> ResponseReturnValue:
    """An author agrees or does not; may be said otherwise later."""
    practice, form = get_practice(practice_id), AnswerForm()
    if not form.validate_on_submit():
        return show_card(practice, answer_form=form)
    agreeing.answer(
        practice,
        author=current_user,
        version=form.version.data,
        agrees=form.agrees.data == "yes",
        shows_name=form.shows_name.data,
    )
    flash("Ответ записан. Передумать можно в любой день.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:practice_id>/publish")
@allow(STAFF)
def publish(practice_id: int) -> ResponseReturnValue:
    """Put a card into the bank."""
    practice, form = get_practice_to_edit(practice_id), VersionForm()
    if not form.validate_on_submit():
        return show_card(practice)
    publishing.publish(practice, editor=current_user, version=form.version.data)
    flash("Карточка в банке. Капитан получит письмо.", "success")
    return redirect(url_for(".practice", practice_id=practice.id))


@bp.post("/<int:practice_id>/give-back")
@allow(STAFF)
def give_back(practice_id: int) -> ResponseReturnValue:
    """Return a card to its team."""
    practice, form = get_practice_to_edit(practice_id), GiveBackForm()
    if not form.validate_on_submit():
        return show_card(practice, give_back_form=form)
    publishing.give_back(
        practice, form.note.data, editor=current_user, version=form.version.data
    )
    flash("Карточка возвращена. Капитан получит письмо.", "success")
    return redirect(url_for(".index"))


@bp.post("/<int:practice_id>/withdraw")
@allow(SIGNED_IN)
def withdraw(practice_id: int) -> ResponseReturnValue:
    """Take a card back; it is public no more from this moment on."""
    practice = get_own_practice(practice_id)
    publishing.withdraw(practice, captain=current_user)
    flash("Карточка отозвана: её больше никто не видит, кроме команды.", "success")
    return redirect(url_for(".practice", practice_id=practice.id))


def show_card(
    practice: Practice, replies: dict[int, ReplyForm] | None = None, **forms: Any
) -> ResponseReturnValue:
    """Show a card with all that the person who looks may do with it."""
    is_known = current_user.is_authenticated
    is_ours = is_known and belongs_to(current_user, practice)
    may_edit = is_known and can_edit_bank(current_user, practice)
    consents = consents_of(practice)
    is_author = is_known and consents.asks(current_user)
    if not practice.is_public and not (is_ours or may_edit or is_author):
        if request.method == "POST":
            raise RuleError(exchange.GONE)
        return render_template("network/practices/gone.html"), GONE
    leads = is_ours and can_lead_card(current_user, practice)
    return render_template(
        "network/practices/practice.html",
        practice=practice,
        consents=consents,
        newer=newer_edition(practice),
        is_ours=is_ours,
        is_author=is_author,
        may_edit=may_edit,
        leads=leads,
        parts=Part,
        **(_while_written(practice) if leads and not practice.is_public else {}),
        **_exchange(practice, replies or {}, is_ours=is_ours),
        **_forms(practice, consents, forms),
    )


def _while_written(practice: Practice) -> dict[str, Any]:
    return {
        "complaint": complaint_about(practice),
        "mentions": unconfirmed(practice),
        "words_form": WordsForm(),
    }


def _exchange(
    practice: Practice, replies: dict[int, ReplyForm], *, is_ours: bool
) -> dict[str, Any]:
    """Return what other schools did with the card, and what they asked."""
    school = my_school()
    asker = None if is_ours else current_user
    may_ask = current_user.is_authenticated
    asked = exchange.questions_of(practice, asker=asker) if may_ask else []
    return {
        "uses": exchange.uses_of(practice),
        "use": exchange.use_by(practice, school) if school else None,
        "school": school,
        "questions": asked,
        "reply_forms": reply_forms(asked, replies),
    }


def _forms(
    practice: Practice, consents: Consents, forms: dict[str, Any]
) -> dict[str, Any]:
    """Return the forms of the page; those that were refused as they were typed."""
    version = {"version": practice.version}
    known = current_user.is_authenticated and consents.said.get(current_user.id)
    said = {"agrees": "yes" if known and known.agrees else "no"} if known else {}
    named = {"shows_name": bool(known and known.shows_name)}
    return {
        "version_form": VersionForm(data=version),
        "answer_form": AnswerForm(data=version | said | named),
        "give_back_form": GiveBackForm(data=version),
        "use_form": UseForm(),
        "question_form": QuestionForm(),
    } | forms
