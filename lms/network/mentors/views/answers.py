"""What is done with a request: each at an address of its own."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.network.mentors import answering, asking
from lms.network.mentors.forms import (
    AcceptForm,
    DeclineForm,
    HandOverForm,
    MeetingForm,
)
from lms.network.mentors.listing import mentors_to_take_over
from lms.network.mentors.loading import (
    get_answerable,
    get_led,
    get_own_request,
    get_shared,
)
from lms.network.mentors.models import MentorRequest
from lms.network.mentors.moves import MOVED_ON
from lms.network.mentors.permissions import is_mentor
from lms.network.mentors.views.blueprint import bp
from lms.network.mentors.views.requests import (
    forms_offered,
    result_form,
    show_request,
)

TYPED = {"accept", "decline", "meeting", "result"}


def answer(
    asked: MentorRequest,
    name: str,
    form: FlaskForm,
    act: Callable[[], None],
    done: str,
) -> ResponseReturnValue:
    """Do what a form says; what is refused comes back on the page of the request.

    Where the page has no such form any more, the words are handed back alone.
    """
    if form.validate_on_submit():
        try:
            act()
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(done, "success")
            return redirect(url_for(".request", request_id=asked.id))
    if name in TYPED - forms_offered(asked):
        raise RuleError(next(iter(form.form_errors), MOVED_ON))
    return show_request(asked, **{name: form})


@bp.post("/requests/<int:request_id>/accept")
@allow(SIGNED_IN)
def accept(request_id: int) -> ResponseReturnValue:
    """Promise help."""
    asked, form = get_answerable(request_id), AcceptForm(prefix="accept")

    def act() -> None:
        words = form.answer.data or ""
        answering.accept(asked, hours=form.hours.data, words=words, actor=current_user)

    done = "Вы приняли запрос. Теперь назначьте встречу: день видят оба."
    return answer(asked, "accept", form, act, done)


@bp.post("/requests/<int:request_id>/decline")
@allow(SIGNED_IN)
def decline(request_id: int) -> ResponseReturnValue:
    """Say why not."""
    asked, form = get_answerable(request_id), DeclineForm(prefix="decline")

    def act() -> None:
        answering.decline(asked, reason=form.reason.data, actor=current_user)

    return answer(asked, "decline", form, act, "Ответ отправлен.")


@bp.post("/requests/<int:request_id>/hand-over")
@allow(SIGNED_IN)
def hand_over(request_id: int) -> ResponseReturnValue:
    """Give a request to another mentor."""
    asked = get_led(request_id)
    helpers = mentors_to_take_over(asked)
    form = HandOverForm(helpers, prefix="hand_over")
    mentors = {one.mentor.id: one.mentor for one in helpers}

    def act() -> None:
        mentor = mentors[form.mentor_id.data]
        answering.hand_over(asked, mentor, actor=current_user)

    done = "Запрос передан, наставник узнает из письма. Первый день запроса прежний."
    return answer(asked, "hand_over", form, act, done)


@bp.post("/requests/<int:request_id>/meeting")
@allow(SIGNED_IN)
def arrange(request_id: int) -> ResponseReturnValue:
    """Set the day of the meeting, or move it."""
    asked, form = get_shared(request_id), MeetingForm(prefix=MeetingForm.PREFIX)

    def act() -> None:
        answering.arrange(
            asked,
            meets_at=form.meets_at,
            minutes=form.minutes.data,
            place=form.place.data,
            actor=current_user,
            seen=form.seen.data,
        )

    return answer(asked, "meeting", form, act, "Встреча назначена, её видят оба.")


@bp.post("/requests/<int:request_id>/result")
@allow(SIGNED_IN)
def result(request_id: int) -> ResponseReturnValue:
    """Say what came of it."""
    asked = get_shared(request_id)
    form = result_form(asked)

    def act() -> None:
        rating = form.rating.data if "rating" in form else None
        answering.tell_result(
            asked,
            by_mentor=is_mentor(current_user, asked),
            result=form.result.data,
            rating=rating or None,
            actor=current_user,
        )

    return answer(asked, "result", form, act, "Записано. Спасибо, что рассказали.")


@bp.post("/requests/<int:request_id>/take-back")
@allow(SIGNED_IN)
def take_back(request_id: int) -> ResponseReturnValue:
    """Close one's own request: help is not needed any more."""
    asking.take_back(get_own_request(request_id), asker=current_user)
    flash("Запрос снят.", "success")
    return redirect(url_for(".requests"))


@bp.post("/requests/<int:request_id>/leave")
@allow(SIGNED_IN)
def leave_to_coordinator(request_id: int) -> ResponseReturnValue:
    """Have the coordinator look for another mentor."""
    asking.leave_to_coordinator(get_own_request(request_id), asker=current_user)
    flash("Запрос у координатора: он найдёт другого наставника.", "success")
    return redirect(url_for(".request", request_id=request_id))
