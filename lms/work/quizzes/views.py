"""Addresses and pages of self-checks."""

import sqlalchemy as sa
from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.fields import AddingForm
from lms.course.cohorts.models import CalendarRow
from lms.course.cohorts.rule import frozen_rule
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module, Revision
from lms.course.modules.permissions import visible_modules
from lms.identity.accounts.limits import additions_per_person
from lms.schools.teams.loading import my_membership, my_memberships
from lms.work.quizzes.forms import Answers
from lms.work.quizzes.models import QuizResult
from lms.work.quizzes.permissions import visible_results
from lms.work.quizzes.services import best_percent, store_result

bp = Blueprint("quizzes", __name__, url_prefix="/quizzes")


def get_revision(slug: str) -> Revision:
    """Load the revision whose questions this person sees, or answer 404.

    An author may publish other questions while somebody answers these. So the page
    carries a signed number of its revision, and that one is graded.
    """
    module = db.first_or_404(
        visible_modules(current_user)
        .where(Module.slug == slug)
        .options(joinedload(Module.current_revision))
    )
    revision = module.current_revision
    if seal := request.form.get("seal"):
        try:
            revision = db.session.get(Revision, _serializer().loads(seal))
        except BadSignature:
            abort(400)
    if revision is None or not revision.has_quiz or revision.module_id != module.id:
        abort(404)
    return revision


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="quiz")


@bp.route("/<slug>/", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def take(slug: str) -> ResponseReturnValue:
    """Answer all questions of a self-check, as often as one likes."""
    revision = get_revision(slug)
    quiz = content_of(revision).quiz or abort(404)
    answers = Answers.read(quiz, request.form)
    missing = answers.missing(quiz) if request.method == "POST" else []
    form = AddingForm()
    if request.method == "POST" and not missing:
        result = store_result(
            revision,
            user=current_user,
            answers=answers.chosen,
            cohort_id=_cohort_of(revision.module),
            form_key=form.sent_key,
        )
        return redirect(url_for(".result", result_id=result.id))
    return render_template(
        "work/quizzes/take.html",
        revision=revision,
        quiz=quiz,
        form=form,
        chosen=answers.chosen,
        missing=missing,
        seal=_serializer().dumps(revision.id),
        **_standing(revision.module),
    )


@bp.get("/results/<int:result_id>")
@allow(SIGNED_IN)
def result(result_id: int) -> ResponseReturnValue:
    """What was chosen, what is right, and why."""
    result = db.first_or_404(
        visible_results(current_user)
        .where(QuizResult.id == result_id)
        .options(joinedload(QuizResult.revision).joinedload(Revision.module))
    )
    revision = result.revision
    return render_template(
        "work/quizzes/result.html",
        result=result,
        revision=revision,
        quiz=content_of(revision).quiz,
        **_standing(revision.module),
    )


def _cohort_of(module: Module) -> int | None:
    """Return for which cohort a person answers; the one shown goes first."""
    ids = [one.cohort_id for one in my_memberships()]
    teaches = sa.select(CalendarRow.cohort_id).filter_by(module_id=module.id)
    found = set(db.session.scalars(teaches.where(CalendarRow.cohort_id.in_(ids))))
    return next((one for one in ids if one in found), next(iter(ids), None))


def _standing(module: Module) -> dict[str, int | None]:
    """Return the best result so far, and what the cohort asks for."""
    membership = my_membership()
    cohort = membership.team.cohort if membership else None
    rule = frozen_rule(cohort) if cohort else None
    counts = rule and module.id in {quiz.module_id for quiz in rule.quizzes}
    return {
        "best": best_percent(current_user, [module.id], cohort).get(module.id),
        "needed": rule.quiz_percent if rule and counts else None,
    }
