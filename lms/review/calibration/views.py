"""Addresses and pages of calibration: two samples, then the author's view of them."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import contains_eager

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.content.assignment import Assignment
from lms.course.content.tutor import TutorGuide
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.permissions import TUTORS
from lms.review.calibration import services
from lms.review.calibration.comparison import compare, in_words
from lms.review.calibration.forms import sample_forms, typed_scores
from lms.review.calibration.permissions import scorable_revisions

bp = Blueprint("calibration", __name__, url_prefix="/calibration")

# What the tutor was about to do travels in the address: a work, or the next one.
FILTERS = ("cohort", "module")
WANTED = ("work", "next", *FILTERS)


def get_revision(slug: str, number: int) -> Revision:
    """Load a revision whose samples may be scored, or answer 404."""
    return db.first_or_404(
        scorable_revisions(current_user)
        .where(Module.slug == slug, Revision.number == number)
        .options(contains_eager(Revision.module))
    )


def practice_of(revision: Revision) -> tuple[Assignment, TutorGuide]:
    """Return the rubric and the samples."""
    content = content_of(revision)
    return content.assignment or abort(404), content.tutor or abort(404)


def wanted_work() -> dict[str, Any]:
    """Return what the tutor came for, as the address says it."""
    said = {name: request.args.get(name, type=int) for name in WANTED}
    return {name: number for name, number in said.items() if number}


def page_of(revision: Revision, endpoint: str) -> ResponseReturnValue:
    """Lead on with what the tutor came for."""
    slug, number = revision.module.slug, revision.number
    return redirect(url_for(endpoint, slug=slug, number=number, **wanted_work()))


@bp.route("/<slug>/<int:number>/score", methods=["GET", "POST"])
@allow(TUTORS)
def score(slug: str, number: int) -> ResponseReturnValue:
    """Score both samples by the rubric, as on the desk."""
    revision = get_revision(slug, number)
    assignment, guide = practice_of(revision)
    if services.calibration_of(current_user, revision):
        return page_of(revision, ".result")
    is_sent = request.method == "POST"
    scores = typed_scores(request.form, assignment, guide.samples)
    problem = ""
    if is_sent:
        try:
            services.score_samples(revision, scores, tutor=current_user)
            return page_of(revision, ".result")
        except RuleError as error:
            problem = str(error)
    page = render_template(
        "review/calibration/score.html",
        revision=revision,
        assignment=assignment,
        guide=guide,
        samples=sample_forms(assignment, guide.samples, scores, is_sent=is_sent),
        problem=problem,
        wanted=wanted_work(),
    )
    return page, 422 if problem else 200


@bp.get("/<slug>/<int:number>/")
@allow(TUTORS)
def result(slug: str, number: int) -> ResponseReturnValue:
    """See one's own levels beside the author's, and go on to the work."""
    revision = get_revision(slug, number)
    calibration = services.calibration_of(current_user, revision)
    if calibration is None:
        return page_of(revision, ".score")
    assignment, guide = practice_of(calibration.revision)
    samples = compare(assignment, guide.samples, calibration.scores)
    return render_template(
        "review/calibration/result.html",
        revision=revision,
        assignment=assignment,
        samples=samples,
        differing=sum(len(one.differing) for one in samples),
        in_words=in_words,
        wanted=wanted_work(),
        chosen={n: v for n, v in wanted_work().items() if n in FILTERS},
    )
