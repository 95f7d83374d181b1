"""Addresses that keep and drop filters; they are shown above the queue."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.permissions import STAFF
from lms.review.filters import services
from lms.review.filters.models import SavedFilter

bp = Blueprint("filters", __name__, url_prefix="/filters")

PARTS = ("state", "cohort", "module")


@bp.post("/")
@allow(STAFF)
def keep() -> ResponseReturnValue:
    """Keep what is shown under a name."""
    shown = {part: request.form.get(part, "")[:20] for part in PARTS}
    address: dict[str, Any] = {part: value for part, value in shown.items() if value}
    try:
        services.save_filter(request.form.get("name", ""), address, user=current_user)
    except RuleError as error:
        flash(str(error), "warning")
    return redirect(url_for("reviews.queue", **address))


@bp.post("/<int:filter_id>/drop")
@allow(STAFF)
def drop(filter_id: int) -> ResponseReturnValue:
    """Forget a filter of my own."""
    mine = sa.select(SavedFilter).filter_by(id=filter_id, user_id=current_user.id)
    services.drop_filter(db.first_or_404(mine))
    return redirect(url_for("reviews.queue"))
