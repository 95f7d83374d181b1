"""Files of a draft."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.errors import RuleError
from lms.work.drafts import files
from lms.work.drafts.loading import (
    get_file,
    get_own,
    hand_back,
    save_typed,
)
from lms.work.drafts.views.blueprint import bp
from lms.work.previews.loading import send_thumbnail


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
