"""Pages of the settings of the course."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_stored
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.storage import open_stored
from lms.course.settings import services
from lms.course.settings.forms import SettingsForm
from lms.course.settings.loading import (
    get_revision,
    get_revision_signed_by,
    my_settings,
)
from lms.course.settings.mail_check import check_mail
from lms.course.settings.models import SettingsRevision
from lms.course.settings.settings import LABELS, Settings
from lms.course.settings.signature import KINDS, kind_of
from lms.identity.accounts.permissions import ADMINS

bp = Blueprint("settings", __name__, url_prefix="/settings")


@bp.route("/", methods=["GET", "POST"])
@allow(ADMINS)
def edit() -> ResponseReturnValue:
    """Who runs the course, who signs, whom people write to."""
    now = services.current_settings()
    if now is None:
        return render_template("course/settings/no_course.html")
    form = SettingsForm(now)
    if form.validate_on_submit():
        try:
            services.save_settings(
                form.settings, seen=form.seen.data, actor=current_user
            )
        except RuleError as refusal:
            now = services.current_settings() or abort(404)
            form.refuse(refusal, now)
        else:
            flash("Сохранено. Люди видят это с этой минуты.", "success")
            return redirect(url_for(".edit"))
    return render_template("course/settings/edit.html", form=form, now=now)


@bp.get("/revisions")
@allow(ADMINS)
def revisions() -> ResponseReturnValue:
    """Every state of the settings, the newest on top."""
    query = db.select(SettingsRevision).order_by(SettingsRevision.number.desc())
    page = db.paginate(query, per_page=20)
    return render_template("course/settings/revisions.html", page=page)


@bp.get("/revisions/<int:number>")
@allow(ADMINS)
def revision(number: int) -> ResponseReturnValue:
    """One earlier state: all that it said."""
    revision = get_revision(number)
    now = my_settings()
    return render_template(
        "course/settings/revision.html",
        revision=revision,
        settings=Settings.model_validate(revision.content),
        labels=LABELS,
        newest=now.number if now else number,
    )


@bp.post("/revisions/<int:number>/restore")
@allow(ADMINS)
def restore(number: int) -> ResponseReturnValue:
    """Put an earlier state into force again."""
    revision = get_revision(number)
    seen = request.args.get("seen", number, type=int)
    services.restore_settings(revision, seen=seen, actor=current_user)
    flash(f"Снова действуют настройки версии {number}.", "success")
    return redirect(url_for(".edit"))


@bp.get("/signature/<sha256>")
@allow(ADMINS)
def signature(sha256: str) -> ResponseReturnValue:
    """The picture of a signature, of now or of earlier."""
    revision = get_revision_signed_by(sha256)
    stored: str = revision.content["signature"]
    with open_stored(stored) as picture:
        kind = kind_of(picture.read()) or abort(404)
    return send_stored(
        stored, name=f"signature.{kind}", media_type=KINDS[kind], inline=True
    )


@bp.post("/test-letter")
@allow(ADMINS)
def test_letter() -> ResponseReturnValue:
    """Send a letter to oneself and say what the mail server answered."""
    try:
        answer = check_mail(current_user)
    except RuleError as refusal:
        flash(str(refusal), "error")
    else:
        flash(
            f"Письмо ушло на {current_user.email}, сервер ответил: {answer}.", "success"
        )
    asked_on = "outbox.index" if "outbox" in request.args else "home.start"
    return redirect(url_for(asked_on))
