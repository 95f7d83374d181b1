"""Addresses and pages of readings."""

from typing import Any

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

from lms.core.access import allow, require
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.headers import page_with_frames
from lms.identity.accounts.permissions import ADMINS, STAFF, TUTORS, can_judge
from lms.review.moderation import services
from lms.review.moderation.affected import (
    affected_reviews,
    count_affected,
    readings_for,
)
from lms.review.moderation.loading import (
    get_comparable,
    get_live,
    get_reading,
    with_names,
)
from lms.review.moderation.models import Outcome, Reading
from lms.review.moderation.permissions import (
    can_settle,
    finished,
    readable,
    unsettled,
)
from lms.review.reviews.answers import cited_answer
from lms.review.reviews.desk import Problems
from lms.review.reviews.forms import typed_judgement
from lms.review.reviews.judgement import Judgement
from lms.review.reviews.services import UnfinishedError
from lms.work.submissions.models import Status
from lms.work.submissions.services import assignment_of

ACCEPTED = "Работа зачтена, команда получит письмо."
KEPT = "Записано. Решение по работе прежнее."

bp = Blueprint("readings", __name__, url_prefix="/readings")


@bp.get("/")
@allow(STAFF)
def index() -> ResponseReturnValue:
    """See what is to be read, where two tutors came apart, and what was read."""

    def some(readings: Any, most: int) -> Any:
        latest = with_names(readings).order_by(Reading.id.desc())
        return db.session.scalars(latest.limit(most)).all()

    return render_template(
        "review/moderation/index.html",
        may_judge=can_judge(current_user),
        waiting=some(readable(current_user), 100),
        apart=some(unsettled(current_user), 100),
        done=some(finished(current_user), 20),
    )


@bp.route("/<int:reading_id>/", methods=["GET", "POST"])
@allow(TUTORS)
def read(reading_id: int) -> ResponseReturnValue:
    """Read a work and choose levels by the rubric of the reading."""
    reading = get_reading(reading_id)
    assignment = assignment_of(reading.revision)
    if request.method == "GET":
        return _page(reading, Judgement())
    judgement = typed_judgement(request.form, assignment)
    accepts = "accepts" in request.form and not reading.is_second
    try:
        services.release_opinion(
            reading, judgement, reader=current_user, accepts=accepts
        )
    except UnfinishedError as error:
        return _page(reading, judgement, error.problems), 422
    except RuleError as error:
        flash(str(error), "warning")
    else:
        flash(ACCEPTED if accepts else KEPT, "success")
        if reading.is_second:
            return redirect(url_for(".comparison", reading_id=reading.id))
    return redirect(url_for(".index"))


@bp.get("/<int:reading_id>/comparison")
@allow(STAFF)
def comparison(reading_id: int) -> ResponseReturnValue:
    """See both readings side by side."""
    return _compare(get_comparable(reading_id))


@bp.post("/<int:reading_id>/settle")
@allow(STAFF)
def settle(reading_id: int) -> ResponseReturnValue:
    """The lead tutor says what becomes of a difference."""
    reading = get_comparable(reading_id)
    require(can_settle(current_user, reading) or reading.settlement is not None)
    outcome = Outcome.__members__.get(request.form.get("outcome", ""))
    words = request.form.get("words", "")
    try:
        if outcome is None:
            raise RuleError("Выберите, чем закончится разница.")
        services.settle(reading, outcome, words=words, lead=current_user)
    except RuleError as error:
        typed = {"problem": str(error), "outcome": outcome, "words": words}
        return _compare(get_comparable(reading_id), **typed), 422
    flash("Итог записан, оба тьютора его увидят.", "success")
    return redirect(url_for(".index"))


def _compare(reading: Reading, **typed: Any) -> str:
    review, opinion = reading.review, reading.opinion
    given = {level["key"]: level for level in opinion.levels} if opinion else {}
    return render_template(
        "review/moderation/comparison.html",
        reading=reading,
        review=review,
        opinion=opinion,
        attempt=review.attempt,
        submission=review.attempt.submission,
        pairs=[(level, given.get(level["key"])) for level in review.levels],
        answer=cited_answer(review.attempt, ()),
        may_settle=can_settle(current_user, reading),
        outcomes=services.outcomes_for(reading),
        max_words=services.MAX_WORDS,
        **typed,
    )


def _page(reading: Reading, judgement: Judgement, problems: Problems = ()) -> Response:
    attempt = reading.review.attempt
    submission = attempt.submission
    page = render_template(
        "review/moderation/read.html",
        reading=reading,
        review=reading.review,
        attempt=attempt,
        submission=submission,
        assignment=assignment_of(reading.revision),
        answer=cited_answer(attempt, ()),
        judgement=judgement,
        problems=problems,
        wrong=dict(problems),
        may_accept=not reading.is_second and submission.status is Status.RETURNED,
    )
    return page_with_frames(page)


@bp.route("/rubric/<slug>/", methods=["GET", "POST"])
@allow(ADMINS)
def rubric(slug: str) -> ResponseReturnValue:
    """See the works that an older rubric judged, and send some to a new look."""
    revision = get_live(slug)
    if request.method == "POST":
        chosen = request.form.getlist("review", type=int)
        asked = services.ask_for_new_look(revision, chosen, admin=current_user)
        flash(_asked(asked, has_chosen=bool(chosen)), "success" if asked else "warning")
        return redirect(url_for(".rubric", slug=slug))
    page = db.paginate(affected_reviews(revision), per_page=50, error_out=False)
    return render_template(
        "review/moderation/rubric.html",
        revision=revision,
        affected=count_affected(revision),
        page=page,
        readings=readings_for(revision, page.items),
    )


def _asked(asked: int, *, has_chosen: bool) -> str:
    if asked:
        return f"Послано на новый взгляд: {asked}. Тьюторы увидят их в «Проверке»."
    if has_chosen:
        return "Эти работы уже посланы, второй раз ничего не изменилось."
    return "Отметьте работы, которые нужно посмотреть заново."
