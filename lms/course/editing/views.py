"""Addresses of the studio that scripts ask: a preview, a file to add, that file."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from lms.core.access import allow
from lms.core.downloads import send_stored
from lms.core.errors import RuleError
from lms.course.editing.pending import keep, read_tokens
from lms.course.editing.sketch import sketch_of
from lms.course.modules.files import files_of, folder_of
from lms.course.revisions.forms import TypedTexts
from lms.course.revisions.loading import get_newest
from lms.identity.accounts.limits import renders_per_person
from lms.identity.accounts.permissions import ADMINS

bp = Blueprint("editing", __name__, url_prefix="/modules")


@bp.post("/<slug>/edit/preview")
@allow(ADMINS)
@renders_per_person
def preview(slug: str) -> ResponseReturnValue:
    """Show what is typed as a participant would see it; nothing is stored."""
    newest = get_newest(slug)
    typed = TypedTexts.read(request.form, newest.sources)
    pending = read_tokens(request.form.getlist("pending"))
    files = typed.files(files_of(newest), request.form.getlist("remove"), pending)
    sketch = sketch_of(folder_of(newest), files, pending)
    page = render_template(
        "course/editing/_sketch.html",
        sketch=sketch,
        path=request.form.get("path", ""),
        texts=typed.texts,
    )
    return {"html": page}


@bp.post("/<slug>/edit/files")
@allow(ADMINS)
def attach(slug: str) -> ResponseReturnValue:
    """Take a picture or a document that was dropped or pasted into a text."""
    newest = get_newest(slug)
    pending = read_tokens(request.form.getlist("pending"))
    taken = {medium.name for medium in newest.media} | {*pending}
    file = request.files.get("file") or abort(400)
    kept = keep(file, folder=folder_of(newest), taken=taken)
    return {"name": kept.name, "token": kept.token, "markdown": kept.markdown}


@bp.get("/<slug>/edit/files/<token>")
@allow(ADMINS)
def pending(slug: str, token: str) -> Response:
    """A file that an editor has added and not saved yet, for the preview."""
    get_newest(slug)
    try:
        (file,) = read_tokens([token]).values()
    except RuleError:
        abort(404)
    return send_stored(
        file.sha256, name=file.name, media_type=file.media_type, inline=file.is_picture
    )
