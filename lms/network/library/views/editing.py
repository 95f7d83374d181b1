"""What editors do with the library: add, correct, replace, withdraw, take back."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.edit_forms import save_edit
from lms.core.errors import RuleError
from lms.identity.accounts.limits import additions_per_person
from lms.identity.accounts.permissions import STAFF
from lms.network.library import services
from lms.network.library.forms import AddForm, DocumentForm, ReplaceForm, WithdrawForm
from lms.network.library.loading import get_document, nameable_schools
from lms.network.library.models import LibraryDocument
from lms.network.library.shelves import editions_of
from lms.network.library.views.blueprint import bp
from lms.network.library.views.shelf import show_document


@bp.route("/new", methods=["GET", "POST"])
@allow(STAFF)
@additions_per_person
def add() -> ResponseReturnValue:
    """Put a document into the library."""
    form, known_id = AddForm(nameable_schools()), None
    if form.validate_on_submit():
        try:
            added = services.add_document(
                form.values, form.edition, editor=current_user, form_key=form.sent_key
            )
        except RuleError as error:
            known_id = _refuse(form, error)
        else:
            flash("Документ в библиотеке: его видят все.", "success")
            return _to(added)
    return _page("add", form, known_id=known_id)


@bp.route("/<int:document_id>/edit", methods=["GET", "POST"])
@allow(STAFF)
def edit(document_id: int) -> ResponseReturnValue:
    """Correct what is said of a document; its file stays."""
    document = get_document(document_id)
    form = DocumentForm(nameable_schools(document), obj=document)
    if save_edit(form, document, services.edit_document, load=get_document):
        return _to(document)
    return _page("edit", form, document=document)


@bp.route("/<int:document_id>/replace", methods=["GET", "POST"])
@allow(STAFF)
@additions_per_person
def replace(document_id: int) -> ResponseReturnValue:
    """Put a new edition in the place of the present one, which stays readable."""
    document, known_id = get_document(document_id), None
    form = ReplaceForm(data={"number": document.number})
    if form.validate_on_submit():
        try:
            services.replace_document(
                document,
                form.edition,
                seen=form.number.data,
                editor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            known_id = _refuse(form, error)
            document = get_document(document_id)
            form.show(document)
        else:
            flash("Новая редакция в библиотеке. Школы получат письмо.", "success")
            return _to(document)
    return _page("replace", form, document=document, known_id=known_id)


@bp.post("/<int:document_id>/withdraw")
@allow(STAFF)
def withdraw(document_id: int) -> ResponseReturnValue:
    """Stop the downloads of a document."""
    document, form = get_document(document_id), WithdrawForm()
    if not form.validate_on_submit():
        return show_document(document, withdraw_form=form)
    services.withdraw_document(document, form.note.data, editor=current_user)
    flash("Документ отозван: его больше не скачать.", "success")
    return _to(document)


@bp.post("/<int:document_id>/restore")
@allow(STAFF)
def restore(document_id: int) -> ResponseReturnValue:
    """Put a withdrawn document back."""
    document = get_document(document_id)
    services.restore_document(document, editor=current_user)
    flash("Документ снова в библиотеке.", "success")
    return _to(document)


def _refuse(form: AddForm | ReplaceForm, error: RuleError) -> int | None:
    """Show why, at the file if it is to blame; return the id of what has it already."""
    if isinstance(error, services.MovedOnError):
        form.form_errors.append(str(error))
    else:
        form.file.errors = [str(error)]
    return error.document_id if isinstance(error, services.KnownFileError) else None


def _page(
    name: str,
    form: AddForm | DocumentForm | ReplaceForm,
    *,
    document: LibraryDocument | None = None,
    known_id: int | None = None,
) -> ResponseReturnValue:
    if form.is_submitted() and "file" in form:
        form.file.keep()
    return render_template(
        f"network/library/{name}.html",
        form=form,
        document=document,
        known_id=known_id,
        editions=editions_of(document) if document else [],
        accept=services.ACCEPT,
        rules=services.RULES,
    )


def _to(document: LibraryDocument) -> ResponseReturnValue:
    return redirect(url_for(".document", document_id=document.id))
