"""One field of a draft: saving, its history, the choice between two texts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.fields import plain_lines
from lms.core.language import moment
from lms.core.names import short_name
from lms.work.drafts import rivals, services
from lms.work.drafts.history import history_of
from lms.work.drafts.loading import get_own
from lms.work.drafts.models import DraftField, RivalText
from lms.work.drafts.views.blueprint import bp
from lms.work.submissions.models import Submission
from lms.work.submissions.services import task_of
from lms.work.tasks.services import left_fields_of


def to_field(submission: Submission, key: str | None) -> ResponseReturnValue:
    """Lead back to the draft, at one of its fields."""
    anchor = f"field-{key}" if key else None
    return redirect(url_for(".edit", submission_id=submission.id, _anchor=anchor))


@bp.post("/<int:submission_id>/fields/<key>")
@allow(SIGNED_IN)
def save_field(submission_id: int, key: str) -> ResponseReturnValue:
    """Save one field for a script, and tell it in JSON what became of the text."""
    submission = get_own(submission_id)
    saved = services.save_field(
        submission,
        key,
        plain_lines(request.form.get("text", "")),
        base_version=request.form.get("version", 0, type=int),
        author=current_user,
    )
    current = db.session.get_one(DraftField, (submission.id, key))
    return {
        "version": saved.version,
        "rival": saved.is_rival,
        "by": short_name(current.author.full_name),
        "at": moment(current.saved_at),
    }


@bp.get("/<int:submission_id>/fields/<key>/history")
@allow(SIGNED_IN)
def history(submission_id: int, key: str) -> ResponseReturnValue:
    """Read what a field held before, and who wrote it."""
    submission = get_own(submission_id)
    assignment = task_of(submission)
    left = left_fields_of(submission, assignment)
    fields = {f.key: f for f in (*left, *assignment.fields)}
    field = fields.get(key) or abort(404)
    return render_template(
        "work/drafts/history.html",
        is_asked=field not in left,
        submission=submission,
        field=field,
        versions=history_of(submission, key),
        current=db.session.get(DraftField, (submission.id, key)),
    )


@bp.post("/<int:submission_id>/fields/<key>/restore")
@allow(SIGNED_IN)
def restore(submission_id: int, key: str) -> ResponseReturnValue:
    """Put an earlier text back into the field; what is there now stays in history."""
    submission = get_own(submission_id)
    number = request.form.get("entry", 0, type=int)
    versions = history_of(submission, key)
    earlier = next((v for v in versions if v.id == number), None) or abort(404)
    saved = services.save_field(
        submission,
        key,
        earlier.text,
        base_version=request.form.get("version", 0, type=int),
        author=current_user,
    )
    done = "Вернули прежний текст."
    flash("Поле меняют прямо сейчас. Выберите текст." if saved.is_rival else done)
    return to_field(submission, key)


@bp.post("/<int:submission_id>/rivals/<int:rival_id>")
@allow(SIGNED_IN)
def settle(submission_id: int, rival_id: int) -> ResponseReturnValue:
    """Choose between two texts of one field."""
    submission = get_own(submission_id)
    rival = db.session.get(RivalText, rival_id)
    keep = request.form.get("keep", "")
    if keep not in {"field", "rival", "both"}:
        abort(400)
    rivals.settle(
        submission,
        rival_id,
        keep=keep,
        seen=request.form.get("seen", ""),
        base_version=request.form.get("version", 0, type=int),
        author=current_user,
    )
    flash("Выбор сохранён. Другой текст остался в истории поля.", "success")
    return to_field(submission, rival.key if rival else None)
