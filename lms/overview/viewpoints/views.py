"""Addresses and pages of «Посмотреть как участник»: for reading alone."""

from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import run_cohorts
from lms.course.modules.contents import downloads_of, drawn_content_of
from lms.identity.accounts.permissions import ADMINS
from lms.overview.viewpoints.forms import ViewpointForm
from lms.overview.viewpoints.sight import SeenModule, seen_modules

bp = Blueprint("viewpoints", __name__, url_prefix="/viewpoints")


class Viewpoint(NamedTuple):
    """Whose eyes, which day, and what they see."""

    form: ViewpointForm
    cohort: Cohort | None
    on: date
    modules: list[SeenModule]

    @property
    def address(self) -> dict[str, object]:
        """Return what keeps the viewpoint in the links of a page."""
        chosen = {"cohort": self.cohort.id} if self.cohort else {}
        return chosen | {"on": self.on.isoformat()}


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """The programme as a participant of a cohort meets it on a day."""
    return render_template("overview/viewpoints/index.html", seen=_chosen())


@bp.get("/<slug>/")
@allow(ADMINS)
def lesson(slug: str) -> ResponseReturnValue:
    """A lesson as a participant of a cohort reads it on a day, or when it opens."""
    seen = _chosen()
    step = next((one for one in seen.modules if one.slug == slug), None)
    shown = step.revision if step and step.is_open else None
    if step is None and not seen.form.errors and "cohort" in request.args:
        abort(404)
    return render_template(
        "overview/viewpoints/lesson.html",
        seen=seen,
        slug=slug,
        step=step,
        content=drawn_content_of(shown) if shown else None,
        downloads=downloads_of(shown) if shown else (),
    )


def _chosen() -> Viewpoint:
    """Read the address; without a choice, the cohort that runs, and today."""
    turn = sa.case((Cohort.state == CohortState.OPEN, 0), else_=1)
    query = run_cohorts(current_user).order_by(turn, Cohort.starts_on.desc(), Cohort.id)
    cohorts = db.session.scalars(query).all()
    form = ViewpointForm(request.args or None)
    form.offer(cohorts)
    if not request.args:
        form.cohort.data, form.on.data = cohorts[0].id if cohorts else None, today()
    is_right = not request.args or form.validate()
    cohort = next((one for one in cohorts if one.id == form.cohort.data), None)
    on = form.on.data if is_right and form.on.data else today()
    return Viewpoint(form, cohort, on, seen_modules(cohort, on) if cohort else [])
