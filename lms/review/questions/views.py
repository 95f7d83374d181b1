"""Addresses and pages of questions about a lesson: asking, answering, sharing."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.core.request import sent_number
from lms.course.modules.loading import get_module
from lms.course.modules.models import Module
from lms.identity.accounts.limits import additions_per_person
from lms.identity.accounts.permissions import STAFF, can_run_cohorts
from lms.review.questions import services
from lms.review.questions.forms import AnswerForm, QuestionForm, SharedForm
from lms.review.questions.listing import interest_in, questions_of
from lms.review.questions.loading import asking_place, get_question, get_shown
from lms.review.questions.models import Question
from lms.review.questions.permissions import can_answer
from lms.review.questions.places import place_now, places_of
from lms.schools.teams.loading import my_membership, my_place
from lms.schools.teams.models import Membership

bp = Blueprint("questions", __name__, url_prefix="/questions")


@bp.get("/<slug>/")
@allow(SIGNED_IN)
def index(slug: str) -> ResponseReturnValue:
    """See what was asked about a lesson; for staff, which headings are asked about."""
    module = get_module(slug)
    is_staff = can_run_cohorts(current_user)
    return render_template(
        "review/questions/index.html",
        module=module,
        chapters=questions_of(module, current_user),
        interest=interest_in(module, current_user) if is_staff else (),
        is_staff=is_staff,
        may_ask=asking_place(module) is not None,
    )


@bp.route("/<slug>/ask", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def ask(slug: str) -> ResponseReturnValue:
    """A member asks about a place in a lesson."""
    module = get_module(slug)
    asks = _asks(module)
    revision = module.current_revision or abort(404)
    places = places_of(revision)
    form = QuestionForm(places.values(), data={"place": request.args.get("at")})
    if asks and form.validate_on_submit():
        try:
            question = services.ask(
                revision,
                form.place.data,
                form.text.data,
                author=current_user,
                team=asks.team,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Вопрос отправлен. Ответ появится здесь и в письме утром.", "success")
            return redirect(url_for(".question", question_id=question.id))
    return render_template(
        "review/questions/ask.html",
        form=form,
        module=module,
        revision=revision,
        asks=asks,
    )


@bp.route("/<int:question_id>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def question(question_id: int) -> ResponseReturnValue:
    """Read a question with its answers; who runs the cohort answers."""
    question = get_question(question_id)
    may_answer = can_answer(current_user, question)
    form = AnswerForm()
    if form.is_submitted():
        require(may_answer)
        if form.validate() and _answer(question, form):
            return redirect(url_for(".question", question_id=question_id))
    return render_template(
        "review/questions/question.html",
        form=form,
        question=question,
        place=_place(question),
        may_answer=may_answer and question.team.cohort.is_open,
    )


@bp.route("/<int:question_id>/share", methods=["GET", "POST"])
@allow(STAFF)
def share(question_id: int) -> ResponseReturnValue:
    """Write the general version, for all cohorts and without names."""
    question = get_question(question_id)
    require(can_answer(current_user, question))
    form = SharedForm(obj=question.shared, data=_draft_of(question))
    if form.validate_on_submit():
        wording, answer = form.wording.data, form.answer.data
        try:
            services.share(question, wording, answer, tutor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Общий ответ стоит под занятием.", "success")
            return redirect(url_for(".question", question_id=question_id))
    return render_template("review/questions/share.html", form=form, question=question)


@bp.post("/<int:question_id>/withdraw-shared")
@allow(STAFF)
def withdraw_shared(question_id: int) -> ResponseReturnValue:
    """Take the general version away."""
    question = get_question(question_id)
    require(can_answer(current_user, question))
    services.withdraw_shared(question, tutor=current_user)
    flash("Общий ответ убран. Команда свой ответ видит по-прежнему.", "success")
    return redirect(url_for(".question", question_id=question_id))


@bp.get("/<int:question_id>/place")
@allow(SIGNED_IN)
def place(question_id: int) -> ResponseReturnValue:
    """Read the section as it was when somebody asked about it."""
    question = get_shown(question_id)
    place = places_of(question.revision).get(question.anchor) or abort(404)
    return render_template(
        "review/questions/place.html", question=question, place=place
    )


def _asks(module: Module) -> Membership | None:
    """Return where a question is asked: as the form says, or where one may ask now."""
    my_membership() or abort(403)
    if request.method == "POST":
        return my_place(sent_number("team")) or abort(403)
    return asking_place(module)


def _place(question: Question) -> object:
    now = question.module.current_revision
    return place_now(question.anchor, question.revision, now)


def _draft_of(question: Question) -> dict[str, str]:
    """Begin the general version with what was asked and answered."""
    if question.shared or not question.answers:
        return {}
    return {"wording": question.text, "answer": question.answers[-1].text}


def _answer(question: Question, form: AnswerForm) -> bool:
    """Carry the answer out; tell whether that happened."""
    try:
        services.answer(
            question, form.text.data, tutor=current_user, form_key=form.sent_key
        )
    except RuleError as error:
        form.form_errors.append(str(error))
        return False
    flash("Ответ отправлен команде.", "success")
    return True
