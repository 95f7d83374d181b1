"""Addresses and pages of threads: asking, answering, what waits for an answer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError, wants_json
from lms.core.extensions import db
from lms.core.request import sent_number
from lms.course.modules.models import Module
from lms.identity.accounts.limits import additions_per_person
from lms.identity.accounts.permissions import STAFF
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.review.moderation.loading import read_first
from lms.review.threads import services
from lms.review.threads.forms import MessageForm
from lms.review.threads.models import Voice
from lms.review.threads.permissions import voice_of, works_with_thread
from lms.review.threads.talk import read_thread, reviews_to_explain
from lms.review.threads.waiting import questions_for, rows_of, waiting_for
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission

bp = Blueprint("threads", __name__, url_prefix="/threads")


def get_work(submission_id: int) -> Submission:
    """Load a work whose thread the current user may read, or answer 404."""
    query = works_with_thread(current_user).where(Submission.id == submission_id)
    return db.first_or_404(
        query.options(
            joinedload(Submission.module).joinedload(Module.current_revision),
            joinedload(Submission.team).joinedload(Team.school),
            joinedload(Submission.user),
            joinedload(Submission.cohort),
        )
    )


def to_thread(submission: Submission, message: int = 0) -> ResponseReturnValue:
    """Lead to a thread, or to one message of it."""
    anchor = f"message-{message}" if message else None
    return redirect(url_for(".thread", submission_id=submission.id, _anchor=anchor))


@bp.get("/")
@allow(STAFF)
def index() -> ResponseReturnValue:
    """See who waits for an answer, about a work or about a lesson."""
    page = db.paginate(questions_for(current_user), per_page=25, error_out=False)
    return render_template(
        "review/threads/index.html",
        page=page,
        rows=rows_of(page.items),
        waiting=waiting_for(current_user),
    )


@bp.get("/<int:submission_id>/")
@allow(SIGNED_IN)
def thread(submission_id: int) -> ResponseReturnValue:
    """Read the thread of a work."""
    submission = get_work(submission_id)
    read_first(submission)
    note_opened(Topic.WORK, submission.id)
    talk = read_thread(submission, current_user, about=request.args.get("about", ""))
    return render_template(
        "review/threads/thread.html", submission=submission, talk=talk
    )


@bp.post("/<int:submission_id>/")
@allow(SIGNED_IN)
@additions_per_person
def write(submission_id: int) -> ResponseReturnValue:
    """Say something; a refused message comes back to be mended."""
    submission = get_work(submission_id)
    form = MessageForm(
        reviews_to_explain(submission, voice_of(current_user, submission))
    )
    if form.validate():
        try:
            message = services.write_message(
                submission,
                form.text.data,
                author=current_user,
                seen=form.seen_up_to,
                form_key=form.sent_key,
                about=form.chosen,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сообщение отправлено.", "success")
            return to_thread(submission, message.id)
    read_first(submission)
    talk = read_thread(submission, current_user, form=form)
    return render_template(
        "review/threads/thread.html", submission=submission, talk=talk
    )


@bp.post("/<int:submission_id>/seen")
@allow(SIGNED_IN)
def mark_seen(submission_id: int) -> ResponseReturnValue:
    """Remember how far I have read; a script tells it by itself."""
    submission = get_work(submission_id)
    up_to = request.form.get("seen", 0, type=int)
    services.mark_seen(submission, reader=current_user, up_to=up_to)
    return ("", 204) if wants_json() else to_thread(submission)


@bp.post("/<int:submission_id>/settle")
@allow(STAFF)
def settle(submission_id: int) -> ResponseReturnValue:
    """Say that the team waits for no answer."""
    submission = get_work(submission_id)
    require(voice_of(current_user, submission) is not Voice.OWNER)
    seen = sent_number("seen") or 0
    services.settle_thread(submission, tutor=current_user, seen=seen)
    flash("Отмечено: ответ не нужен.", "success")
    return to_thread(submission)
