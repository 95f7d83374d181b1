"""Addresses and pages of drafts: writing together, files, preview, sending."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.fields import plain_lines
from lms.core.language import moment
from lms.core.names import short_name
from lms.core.storage import send_stored
from lms.identity.accounts.limits import renders_per_person
from lms.text.limits import render_answer
from lms.work.drafts import files, rivals, services
from lms.work.drafts.form import answer_fields_of
from lms.work.drafts.history import history_of
from lms.work.drafts.loading import (
    ask_first,
    doubts_about,
    get_file,
    get_own,
    hand_back,
    save_typed,
    show_editor,
)
from lms.work.drafts.models import DraftField, RivalText
from lms.work.drafts.sending import NotReadyError, render_draft, send_attempt
from lms.work.previews.loading import send_thumbnail
from lms.work.submissions.models import Submission
from lms.work.submissions.services import task_of
from lms.work.tasks.services import left_fields_of

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


@bp.get("/<int:submission_id>/")
@allow(SIGNED_IN)
def edit(submission_id: int) -> ResponseReturnValue:
    """Write the answer; once it is sent, lead to what was sent."""
    submission = get_own(submission_id)
    if not submission.is_editable:
        return redirect(url_for("submissions.work", submission_id=submission.id))
    return show_editor(submission)


@bp.post("/<int:submission_id>/save")
@allow(SIGNED_IN)
def save(submission_id: int) -> ResponseReturnValue:
    """Save the whole page by a plain button."""
    submission = get_own(submission_id)
    try:
        count = save_typed(submission)
    except RuleError as error:
        return hand_back(error)
    if count:
        flash("Кто-то изменил то же поле. Оба текста сохранены, выберите.", "warning")
    else:
        flash("Сохранено.", "success")
    return _at_field(submission, request.args.get("field"))


def _at_field(submission: Submission, key: str | None) -> ResponseReturnValue:
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
    return _at_field(submission, key)


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
    return _at_field(submission, rival.key if rival else None)


@bp.route("/<int:submission_id>/preview", methods=["GET", "POST"])
@allow(SIGNED_IN)
@renders_per_person
def preview(submission_id: int) -> ResponseReturnValue:
    """Show the draft as the tutor will see it; a script asks for one text."""
    submission = get_own(submission_id)
    if request.accept_mimetypes.best == "application/json":
        text = plain_lines(request.form.get("text", ""))[: services.MAX_TEXT]
        db.session.rollback()
        return {"html": render_answer(text, patience=1)}
    if request.method == "POST":
        try:
            save_typed(submission)
        except RuleError as error:
            return hand_back(error)
        return redirect(url_for(".preview", submission_id=submission.id))
    assignment = task_of(submission)
    return render_template(
        "work/drafts/preview.html",
        submission=submission,
        assignment=assignment,
        answer=render_draft(answer_fields_of(submission, assignment, [])),
    )


@bp.post("/<int:submission_id>/files")
@allow(SIGNED_IN)
def add_file(submission_id: int) -> ResponseReturnValue:
    """Add files to the draft; the texts of the page are saved first."""
    submission = get_own(submission_id)
    try:
        save_typed(submission)
    except RuleError as error:
        return hand_back(error)
    sent = [file for file in request.files.getlist("file") if file.filename]
    try:
        if not sent:
            raise RuleError("Выберите файл и нажмите «Приложить» ещё раз.")
        for file in sent:
            name = file.filename or ""
            files.add_file(submission, file.stream, name, author=current_user)
        flash("Файл приложен." if len(sent) == 1 else "Файлы приложены.", "success")
    except RuleError as error:
        flash(f"{error} Тексты сохранены.", "error")
    return redirect(url_for(".edit", submission_id=submission.id, _anchor="files"))


@bp.post("/<int:submission_id>/files/<int:file_id>/remove")
@allow(SIGNED_IN)
def remove_file(submission_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file away from the draft."""
    submission = get_own(submission_id)
    file = get_file(submission, file_id)
    try:
        save_typed(submission)
    except RuleError as error:
        return hand_back(error)
    files.remove_file(submission, file)
    flash(f"Файл «{file.name}» убран.", "success")
    return redirect(url_for(".edit", submission_id=submission.id, _anchor="files"))


@bp.get("/<int:submission_id>/files/<int:file_id>")
@allow(SIGNED_IN)
def file(submission_id: int, file_id: int) -> ResponseReturnValue:
    """Download a file of the draft, or look at a picture."""
    file = get_file(get_own(submission_id), file_id)
    return send_stored(
        file.sha256,
        name=file.name,
        media_type=file.media_type,
        inline=file.is_picture,
    )


@bp.get("/<int:submission_id>/files/<int:file_id>/<size>")
@allow(SIGNED_IN)
def picture(submission_id: int, file_id: int, size: str) -> ResponseReturnValue:
    """Show a small copy of a picture of the draft."""
    return send_thumbnail(get_file(get_own(submission_id), file_id), size)


@bp.post("/<int:submission_id>/send")
@allow(SIGNED_IN)
@renders_per_person
def send(submission_id: int) -> ResponseReturnValue:
    """Save the page and send the work to the tutor; what looks forgotten asks first."""
    submission = get_own(submission_id)
    try:
        save_typed(submission)
        if "sure" not in request.form and doubts_about(submission):
            return ask_first(submission)
        send_attempt(submission, author=current_user)
    except NotReadyError as error:
        return show_editor(get_own(submission_id), error.problems), 422
    except RuleError as error:
        return hand_back(error)
    flash("Работа отправлена.", "success")
    return redirect(url_for(".edit", submission_id=submission_id))
