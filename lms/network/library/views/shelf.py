"""The library as everybody reads it: finding, downloading, taking a document."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.core.file_names import name_after
from lms.identity.accounts.limits import additions_per_person
from lms.network.library import exchange, shelves
from lms.network.library.forms import ShelfForm, WithdrawForm
from lms.network.library.loading import get_document, get_edition
from lms.network.library.models import DocumentUse, LibraryDocument
from lms.network.library.permissions import can_edit_library
from lms.network.library.views.blueprint import bp
from lms.network.practices.forms import NO_TOKEN, UseForm
from lms.network.practices.loading import my_school
from lms.network.practices.taking import NOBODY, takers_of

PER_PAGE = 20
GONE = 410


@bp.get("/")
@allow(PUBLIC)
def index() -> ResponseReturnValue:
    """Find a document that somebody has written already."""
    form = ShelfForm(request.args, meta=NO_TOKEN)
    found = shelves.find_documents(form.filters())
    page = db.paginate(found, per_page=PER_PAGE, error_out=False)
    may_edit = _may_edit()
    return render_template(
        "network/library/index.html",
        form=form,
        page=page,
        takers=takers_of(DocumentUse, "document_id", page.items),
        nobody=NOBODY,
        may_edit=may_edit,
        withdrawn=shelves.withdrawn_documents() if may_edit else [],
    )


@bp.get("/<int:document_id>/")
@allow(PUBLIC)
def document(document_id: int) -> ResponseReturnValue:
    """Read what a document is, who took it, and which editions it had."""
    return show_document(get_document(document_id))


@bp.get("/<int:document_id>/editions/<int:number>")
@allow(PUBLIC)
def file(document_id: int, number: int) -> ResponseReturnValue:
    """Download an edition; of a withdrawn document nothing but that it is."""
    document = get_document(document_id)
    edition = get_edition(document, number)
    if document.is_withdrawn:
        return show_document(document, status=GONE)
    former = f", прежняя редакция {number}" if number < document.number else ""
    name = name_after(f"{document.title}{former}", edition.extension)
    answer: Response = send_stored(
        edition.sha256, name=name, media_type=edition.media_type
    )
    return answer


@bp.post("/<int:document_id>/take")
@allow(SIGNED_IN)
@additions_per_person
def take(document_id: int) -> ResponseReturnValue:
    """Say that my school has taken a document, and what came of it."""
    document, form = get_document(document_id), UseForm()
    school = my_school() or abort(404)
    if form.validate_on_submit():
        said = form.said.data or ""
        exchange.take_document(document, said, school=school, user=current_user)
        flash("Записано: ваша школа взяла этот документ.", "success")
        return redirect(url_for(".document", document_id=document.id))
    return show_document(document, use_form=form)


def show_document(
    document: LibraryDocument, *, status: int | None = None, **forms: Any
) -> ResponseReturnValue:
    """Show a document with all that the person who looks may do with it."""
    school, may_edit = my_school(), _may_edit()
    page = render_template(
        "network/library/document.html",
        document=document,
        editions=shelves.editions_of(document),
        uses=exchange.uses_of(document),
        use=exchange.use_by(document, school) if school else None,
        school=school,
        may_edit=may_edit,
        **{"use_form": UseForm(), "withdraw_form": WithdrawForm()} | forms,
    )
    is_gone = document.is_withdrawn and not may_edit
    return page, status or (GONE if is_gone else 200)


def _may_edit() -> bool:
    return current_user.is_authenticated and can_edit_library(current_user)
