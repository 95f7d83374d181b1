"""What people of other schools do with a card, and what its team answers."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.identity.accounts.limits import additions_per_person
from lms.network.practices import exchange
from lms.network.practices.forms import QuestionForm, ReplyForm, UseForm
from lms.network.practices.loading import (
    get_practice,
    get_question,
    my_school,
)
from lms.network.practices.models import Practice
from lms.network.practices.views.blueprint import bp
from lms.network.practices.views.card import show_card


@bp.post("/<int:practice_id>/take")
@allow(SIGNED_IN)
@additions_per_person
def take(practice_id: int) -> ResponseReturnValue:
    """Say that my school has taken a practice, and what came of it."""
    practice, form = get_practice(practice_id), UseForm()
    school = my_school() or abort(404)
    if form.validate_on_submit():
        said = form.said.data or ""
        exchange.take_practice(practice, said, school=school, user=current_user)
        flash("Записано: ваша школа взяла эту практику.", "success")
        return _to(practice, "uses")
    return show_card(practice, use_form=form)


@bp.post("/<int:practice_id>/questions")
@allow(SIGNED_IN)
@additions_per_person
def question(practice_id: int) -> ResponseReturnValue:
    """Ask the team of a card; the answer comes to this page and in a letter."""
    practice, form = get_practice(practice_id), QuestionForm()
    if form.validate_on_submit():
        exchange.ask_team_of(
            practice,
            form.text.data,
            asker=current_user,
            school=my_school(),
            form_key=form.sent_key,
        )
        flash("Вопрос у команды. Ответ встанет здесь и придёт письмом.", "success")
        return _to(practice, "questions")
    return show_card(practice, question_form=form)


@bp.post("/<int:practice_id>/questions/<int:question_id>")
@allow(SIGNED_IN)
@additions_per_person
def reply(practice_id: int, question_id: int) -> ResponseReturnValue:
    """Answer a question of another school."""
    practice, form = get_practice(practice_id), ReplyForm(question_id)
    asked = get_question(practice, question_id)
    if form.validate_on_submit():
        exchange.answer_question(asked, form.text.data, member=current_user)
        flash("Ответ отправлен.", "success")
        return _to(practice, "questions")
    return show_card(practice, replies={asked.id: form})


def _to(practice: Practice, anchor: str) -> ResponseReturnValue:
    return redirect(url_for(".practice", practice_id=practice.id, _anchor=anchor))
