"""Addresses and pages of one's own data."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from lms.core.access import PUBLIC, allow
from lms.core.personal import Ground, OnErase, Term
from lms.overview.dossier.entries import parts_of_map

HEADINGS = {
    OnErase.DELETED: "Удаляется",
    OnErase.NAMELESS: "Остаётся без вашего имени",
    OnErase.KEPT: "Остаётся",
}

bp = Blueprint("dossier", __name__, url_prefix="/accounts/data")


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
