"""Addresses and pages of modules: the programme, reading, and the tutor's guide."""

from functools import partial

import sqlalchemy as sa
from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.freshness import answer_if_changed
from lms.core.storage import send_stored
from lms.course.modules import commands, services
from lms.course.modules.files import DIGEST, downloads_of
from lms.course.modules.models import MediaFile, Module, Revision
from lms.course.modules.permissions import can_guide, visible_media, visible_modules
from lms.course.modules.studio import studio_rows
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    STAFF,
    can_administer,
    can_judge,
    can_observe,
)
from lms.review.appeals.hearing import is_disputed
from lms.review.calibration.comparison import in_words
from lms.review.calibration.permissions import overseen_tutors
from lms.review.calibration.services import calibration_of, overview_of
from lms.schools.teams.loading import my_membership
from lms.work.credits.gradebook import Participant
from lms.work.credits.path import Step, path_of, path_of_staff
from lms.work.quizzes.services import best_percent

YEAR = 365 * 24 * 60 * 60

bp = Blueprint("modules", __name__, url_prefix="/modules")
for command in (commands.check, commands.sync, commands.export):
    bp.cli.add_command(command)


def one_module(slug: str) -> sa.Select[Module]:
    """Select a module if the current user may read it."""
    module = visible_modules(current_user).where(Module.slug == slug)
    return module.options(joinedload(Module.current_revision))


def get_module(slug: str) -> Module:
    """Load a module that the current user may read, or answer 404."""
    return db.first_or_404(one_module(slug))


def my_steps() -> list[Step]:
    """Return the modules as the current user meets them."""
    if membership := my_membership():
        person, cohort = Participant.of(membership), membership.team.cohort
        return path_of(person, cohort, disputed=is_disputed())
    return path_of_staff() if can_observe(current_user) else []


def my_marks() -> set[int]:
    """Return the modules that the current user, a member of a team, has read."""
    return services.read_modules(current_user) if my_membership() else set()


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The programme; for an admin, every module and what may be done with it."""
    if can_administer(current_user):
        return render_template("course/modules/studio.html", rows=studio_rows())
    return render_template(
        "course/modules/index.html",
        steps=my_steps(),
        read=my_marks(),
        is_member=my_membership() is not None,
        is_guide=can_guide(current_user),
    )


@bp.get("/<slug>/")
@allow(SIGNED_IN)
def read(slug: str) -> ResponseReturnValue:
    """A lesson and all that belongs to it, or the day on which it opens."""
    steps = my_steps()
    module = db.session.scalar(one_module(slug))
    if module is None:
        return _ahead(slug, steps)
    revision = module.current_revision or abort(404)
    is_read = module.id in my_marks()
    best = best_percent(current_user, [module.id]).get(module.id)
    facts = [_state(step) for step in steps]
    return answer_if_changed(
        revision.id,
        facts,
        is_read,
        best,
        render=partial(_lesson, revision, steps, is_read, best),
    )


def _ahead(slug: str, steps: list[Step]) -> str:
    """Say when a lesson of one's own calendar opens; others do not exist."""
    step = next((s for s in steps if s.slug == slug and s.is_ahead), None)
    return render_template(
        "course/modules/ahead.html", step=step or abort(404), steps=steps
    )


def _state(step: Step) -> tuple[object, ...]:
    revision = step.revision and step.revision.id
    work = step.submission and (step.submission.id, step.submission.sent_at)
    days = (step.opens_on, step.due_on)
    return step.slug, revision, days, step.state, work


def _lesson(
    revision: Revision, steps: list[Step], is_read: bool, best: int | None
) -> str:
    content = services.content_of(revision)
    slugs = [step.slug for step in steps]
    here = slugs.index(revision.module.slug) if revision.module.slug in slugs else None
    return render_template(
        "course/modules/read.html",
        module=revision.module,
        content=content,
        downloads=downloads_of(revision, content),
        steps=steps,
        step=None if here is None else steps[here],
        earlier=steps[here - 1] if here else None,
        later=None if here is None else next(iter(steps[here + 1 :]), None),
        is_read=is_read,
        best=best,
        is_member=my_membership() is not None,
        is_guide=can_guide(current_user),
    )


@bp.post("/<slug>/read")
@allow(SIGNED_IN)
def mark_read(slug: str) -> ResponseReturnValue:
    """A reader says «Прочитано», or takes it back."""
    module = get_module(slug)
    is_read = request.form.get("is_read") == "1"
    services.mark_read(module, user=current_user, is_read=is_read)
    return redirect(url_for(".read", slug=slug, _anchor="end"))


@bp.get("/<slug>/guide")
@allow(STAFF)
def guide(slug: str) -> ResponseReturnValue:
    """What the author prepared for those who review this assignment."""
    module = get_module(slug)
    revision = module.current_revision or abort(404)
    content = services.content_of(revision)
    if content.assignment is None:
        abort(404)
    overseen = overseen_tutors(current_user).order_by(User.full_name, User.id)
    tutors = db.session.scalars(overseen).all()
    return render_template(
        "course/modules/guide.html",
        revision=revision,
        content=content,
        may_judge=can_judge(current_user),
        has_scored=calibration_of(current_user, revision) is not None,
        calibrations=overview_of(revision, tutors) if tutors else None,
        in_words=in_words,
    )


@bp.get("/<slug>/media/<digest>/<name>")
@allow(SIGNED_IN)
def media(slug: str, digest: str, name: str) -> Response:
    """A picture or a document; the address changes with the content, so it is kept."""
    medium = db.first_or_404(
        visible_media(current_user).where(
            Module.slug == slug,
            MediaFile.name == name,
            sa.func.substr(MediaFile.sha256, 1, DIGEST) == digest,
        )
    )
    is_picture = medium.media_type.startswith("image/")
    response = send_stored(
        medium.sha256, name=name, media_type=medium.media_type, inline=is_picture
    )
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response
