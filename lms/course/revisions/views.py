"""Addresses and pages of revisions: bringing in, looking at, publishing."""

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.request import sent_number
from lms.course.modules import services
from lms.course.modules.contents import downloads_of, drawn_content_of
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.intake import ContentError, import_revision
from lms.course.modules.models import Module, Revision
from lms.course.modules.studio import studio_rows
from lms.course.releases.forms import PublishForm
from lms.course.releases.hours import hour_in_words
from lms.course.releases.loading import plan_of, stakes_of
from lms.course.releases.schedule import plan_release
from lms.course.releases.services import publish_now
from lms.course.revisions.comparison import compare_revisions
from lms.course.revisions.editor import Editor
from lms.course.revisions.excerpts import Excerpt, excerpts_of
from lms.course.revisions.forms import EditForm, TypedTexts, UploadForm
from lms.course.revisions.loading import get_newest, get_revision
from lms.course.revisions.module_uploads import ModuleUpload, open_module_upload
from lms.course.revisions.permissions import visible_revisions
from lms.identity.accounts.permissions import ADMINS
from lms.review.moderation.affected import affected_by_publishing

bp = Blueprint("revisions", __name__, url_prefix="/modules")


@bp.route("/import", methods=["GET", "POST"])
@allow(ADMINS)
def upload() -> ResponseReturnValue:
    """An admin brings a module as a zip, or one of its texts as a file."""
    form = UploadForm(studio_rows())
    excerpts: list[Excerpt] = []
    if form.validate_on_submit():
        sent = ModuleUpload("", {})
        try:
            sent = _open_upload(form)
            note = form.note.data or ""
            revision = import_revision(*sent, author=current_user, note=note)
        except ContentError as refusal:
            form.form_errors.append(str(refusal))
            excerpts = excerpts_of(refusal.report.problems, *sent)
        except RuleError as refusal:
            form.form_errors.append(str(refusal))
        else:
            return _go_to(revision, f"Версия {revision.number} сохранена.")
    return render_template("course/revisions/upload.html", form=form, excerpts=excerpts)


def _open_upload(form: UploadForm) -> ModuleUpload:
    """Read the file without holding the place of the one who writes."""
    folder, files = "", {}
    if form.slug.data:
        newest = get_newest(form.slug.data)
        folder, files = folder_of(newest), files_of(newest)
    db.session.rollback()
    upload = form.file.data
    return open_module_upload(
        upload.filename, upload.stream, folder=folder, files=files
    )


def _go_to(revision: Revision, message: str) -> ResponseReturnValue:
    flash(f"{message} Посмотрите, как её увидит участник, и опубликуйте.", "success")
    module, number = revision.module, revision.number
    return redirect(url_for(".preview", slug=module.slug, number=number))


@bp.route("/<slug>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(slug: str) -> ResponseReturnValue:
    """An admin edits the texts of a module; each save is the next revision."""
    newest = get_newest(slug)
    form = EditForm(after=newest.number)
    typed = TypedTexts.read(request.form, newest.sources)
    page = Editor(newest, form, typed)
    if not form.validate_on_submit():
        return page.render()
    try:
        page.take_files(request.files.getlist("media"))
        if "look" in request.form:
            return page.render(is_sketch=True)
        revision = page.save()
    except ContentError as refusal:
        form.form_errors.append(str(refusal))
        page.problems = refusal.report.problems
    except RuleError as refusal:
        form.form_errors.append(str(refusal))
        page.newest = get_newest(slug)
        form.begin_from(page.newest.number)
    else:
        flash(f"Сохранено: версия {revision.number}.", "success")
        return redirect(url_for(".edit", slug=slug))
    return page.render()


@bp.get("/<slug>/revisions/")
@allow(ADMINS)
def index(slug: str) -> ResponseReturnValue:
    """The history of a module."""
    revisions = db.paginate(
        visible_revisions(current_user)
        .where(Module.slug == slug)
        .order_by(Revision.number.desc())
        .options(contains_eager(Revision.module), joinedload(Revision.author)),
        per_page=30,
    )
    if not revisions.items:
        return redirect(url_for("modules.index"))
    plan = plan_of(revisions.items[0].module)
    return render_template(
        "course/revisions/index.html", revisions=revisions, plan=plan
    )


@bp.get("/<slug>/revisions/<int:number>/")
@allow(ADMINS)
def preview(slug: str, number: int) -> ResponseReturnValue:
    """A revision as a participant would see it."""
    revision = get_revision(slug, number)
    content = drawn_content_of(revision)
    return render_template(
        "course/revisions/preview.html",
        revision=revision,
        live=revision.module.current_revision,
        content=content,
        downloads=downloads_of(revision),
        plan=plan_of(revision.module),
    )


@bp.get("/<slug>/revisions/<int:number>/difference")
@allow(ADMINS)
def difference(slug: str, number: int) -> ResponseReturnValue:
    """What a revision changes against the live one, or against `?to=`."""
    revision = get_revision(slug, number)
    live = revision.module.current_revision
    to = request.args.get("to", live.number if live else number - 1, type=int)
    base = get_revision(slug, to)
    return render_template(
        "course/revisions/difference.html",
        revision=revision,
        base=base,
        live=live,
        comparison=compare_revisions(base, revision),
    )


@bp.route("/<slug>/revisions/<int:number>/publish", methods=["GET", "POST"])
@allow(ADMINS)
def publish(slug: str, number: int) -> ResponseReturnValue:
    """Make a revision, new or earlier, the one that everybody reads: now, or later.

    The page says first whom that reaches. Where another rubric leaves works behind,
    a number that has changed meanwhile is shown once more.
    """
    revision = get_revision(slug, number)
    affected = affected_by_publishing(revision)
    form = PublishForm()
    agreed = request.form.get("affected", 0, type=int)
    if form.validate_on_submit() and agreed == affected.total:
        try:
            flash(_release(revision, form), "success")
        except RuleError as refusal:
            form.form_errors.append(str(refusal))
        else:
            if affected.judged and not form.is_plan:
                return redirect(url_for("readings.rubric", slug=slug))
            return redirect(url_for(".preview", slug=slug, number=number))
    return render_template(
        "course/revisions/publish.html",
        revision=revision,
        live=revision.module.current_revision,
        affected=affected,
        form=form,
        stakes=stakes_of(revision),
        plan=plan_of(revision.module),
    )


def _release(revision: Revision, form: PublishForm) -> str:
    """Publish or plan as it was typed, and say what was done."""
    facts = {"author": current_user, "instead_of": sent_number("instead_of")}
    note = form.note.data or ""
    if form.is_plan:
        plan = plan_release(revision, at=form.at, note=note, **facts)
        hour = hour_in_words(plan.planned_for)
        return f"Запланировано: версия {revision.number} выйдет {hour}."
    publish_now(revision, note=note, **facts)
    return f"Опубликована версия {revision.number}: её читают с этой минуты."


@bp.post("/<slug>/withdraw")
@allow(ADMINS)
def withdraw(slug: str) -> ResponseReturnValue:
    """Take a module away from participants."""
    module = db.first_or_404(sa.select(Module).filter_by(slug=slug))
    services.withdraw(module, actor=current_user)
    flash("Занятие снято: участники его не видят. Работы и версии на месте.", "success")
    return redirect(url_for("modules.index"))
