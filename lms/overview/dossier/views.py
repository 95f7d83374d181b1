"""Addresses and pages of one's own data."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.personal import Ground, OnErase, Term
from lms.identity.accounts import limits
from lms.overview.dossier import services
from lms.overview.dossier.entries import parts_of_map
from lms.overview.dossier.forms import CopyForm
from lms.overview.dossier.holdings import holdings_of
from lms.overview.dossier.models import Export
from lms.overview.dossier.permissions import visible_exports

HEADINGS = {
    OnErase.DELETED: "Удаляется",
    OnErase.NAMELESS: "Остаётся без вашего имени",
    OnErase.KEPT: "Остаётся",
}

bp = Blueprint("dossier", __name__, url_prefix="/accounts/data")


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """What is kept of a person in a few lines, and what may be done about it."""
    return render_template(
        "overview/dossier/index.html", holdings=holdings_of(current_user)
    )


@bp.get("/map")
@allow(PUBLIC)
def data_map() -> ResponseReturnValue:
    """Say in plain words what is kept about people, what for, and for how long."""
    return render_template(
        "overview/dossier/data_map.html",
        parts=parts_of_map(of_staff=False),
        staff_parts=parts_of_map(of_staff=True),
        usual=(Term.PARTICIPATION, Ground.CONSENT),
        headings=HEADINGS,
        OnErase=OnErase,
    )


@bp.route("/copy", methods=["GET", "POST"])
@allow(SIGNED_IN)
@limits.tries_per_person
def copy() -> ResponseReturnValue:
    """Ask for a copy, see it being made, and take it."""
    form = CopyForm()
    if form.validate_on_submit():
        try:
            services.ask_for_copy(current_user, password=form.current_password.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            return redirect(url_for(".copy"))
    newest = visible_exports(current_user).order_by(Export.made_at.desc()).limit(1)
    return render_template(
        "overview/dossier/copy.html",
        form=form,
        under_way=services.copy_under_way(current_user),
        export=db.session.scalar(newest),
    )


@bp.get("/copy/<int:request_id>.zip")
@allow(SIGNED_IN)
def copy_file(request_id: int) -> Response:
    """The copy itself: for the person it is about, while it is kept."""
    mine = visible_exports(current_user).where(Export.request_id == request_id)
    export = db.first_or_404(mine)
    name, media_type = "Мои данные.zip", "application/zip"
    return send_stored(export.sha256, name=name, media_type=media_type)
