"""Addresses and pages of modules: the programme, reading, and the tutor's guide."""

from collections.abc import Sequence
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
from lms.core.links import site_link
from lms.core.storage import send_stored
from lms.course.modules import commands, services
from lms.course.modules.contents import content_of, downloads_of, drawn_content_of
from lms.course.modules.loading import (
    is_open,
    is_open_file,
    open_module,
    titles,
    with_address,
)
from lms.course.modules.models import Module
from lms.course.modules.permissions import (
    can_guide,
    open_media,
    visible_media,
    visible_modules,
)
from lms.course.modules.studio import studio_rows
from lms.course.releases.news import Told, releases_within
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    STAFF,
    can_administer,
    can_judge,
    can_observe,
)
from lms.overview.home.pictures import link_card
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.overview.progress.levels import levels_of_module
from lms.review.calibration.comparison import in_words
from lms.review.calibration.permissions import overseen_tutors
from lms.review.calibration.services import calibration_of, overview_of
from lms.review.questions.listing import shared_of
from lms.review.questions.loading import may_ask
from lms.review.questions.marks import with_ways_to_ask
from lms.schools.teams.loading import my_header, my_membership, my_memberships
from lms.work.credits.loading import my_path
from lms.work.credits.path import Step, path_of_staff

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
    steps = my_path()
    if my_membership() is None and can_observe(current_user):
        return path_of_staff(current_user)
    return steps


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The programme; for an admin, every module and what may be done with it."""
    if can_administer(current_user):
        return render_template("course/modules/studio.html", rows=studio_rows())
    return render_template(
        "course/modules/index.html",
        steps=my_steps(),
        is_member=my_membership() is not None,
        is_guide=can_guide(current_user),
    )


@bp.get("/<slug>/")
@allow(SIGNED_IN, open_if=is_open)
def read(slug: str) -> ResponseReturnValue:
    """A lesson and all that belongs to it, or the day on which it opens."""
    steps = my_steps() if current_user.is_authenticated else []
    here = next((step for step in steps if step.slug == slug), None)
    lesson = here if here and here.is_open else _beside_path(slug)
    if lesson is None:
        return open_lesson(slug, here) or _ahead(here, steps)
    facts = (
        lesson.revision,
        lesson.is_read,
        lesson.best,
        lesson.news,
        _place(),
        lesson.module.shared_at,
    )
    return answer_if_changed(
        *facts,
        [_state(step) for step in steps],
        render=partial(_lesson, lesson, here, steps),
    )


def _beside_path(slug: str) -> Step | None:
    """Return a lesson that the team shown does not read, or not yet.

    Staff read it, and whoever has another team that does.
    """
    if not (current_user.is_authenticated and my_membership()):
        return None
    has_other_team = my_header().has_several_teams
    is_read = has_other_team and db.session.scalar(one_module(slug)) is not None
    steps = path_of_staff(current_user) if is_read or can_observe(current_user) else []
    return next((step for step in steps if step.slug == slug), None)


def open_lesson(slug: str, step: Step | None) -> Response | None:
    """Show the lesson that is open to everybody to those who have not come to it."""
    module = open_module(slug)
    if module is None or module.current_revision is None:
        return None
    revision = module.current_revision
    known, others = step and (step.opens_on, step.state), titles()
    return answer_if_changed(
        revision.content_hash,
        known,
        others,
        render=partial(
            render_template,
            "course/modules/open.html",
            content=drawn_content_of(revision),
            downloads=downloads_of(revision),
            opens=step,
            titles=others,
            address=site_link("modules.read", slug=slug),
            card=link_card(),
        ),
    )


def _ahead(step: Step | None, steps: list[Step]) -> str:
    """Say when a lesson of one's own calendar opens; others do not exist."""
    if step is None or not step.is_ahead:
        abort(404)
    return render_template("course/modules/ahead.html", step=step, steps=steps)


def _place() -> tuple[object, ...]:
    """Return what the header and the buttons say of the reader's team."""
    membership = my_membership()
    team = membership and membership.team
    others = [one.id for one in my_memberships()]
    return (team.id, team.school.name, team.cohort.state, others) if team else ()


def _state(step: Step) -> tuple[object, ...]:
    revision = step.revision and step.revision.id
    work = step.submission and (step.submission.id, step.submission.sent_at)
    days = (step.opens_on, step.due_on)
    return step.slug, revision, days, step.state, work


def _lesson(lesson: Step, here: Step | None, steps: list[Step]) -> str:
    revision = lesson.revision or abort(404)
    note_opened(Topic.LESSON, lesson.module.id)
    place = steps.index(here) if here else None
    module = lesson.module
    content = with_ways_to_ask if here and may_ask() else drawn_content_of
    return render_template(
        "course/modules/read.html",
        content=content(revision),
        shared=shared_of(module.id, revision) if module.shared_at else (),
        downloads=downloads_of(revision),
        steps=steps,
        step=here,
        earlier=steps[place - 1] if place else None,
        later=None if place is None else next(iter(steps[place + 1 :]), None),
        told=_told(lesson),
        is_read=lesson.is_read,
        best=lesson.best,
        is_member=my_membership() is not None,
        is_guide=can_guide(current_user),
    )


def _told(lesson: Step) -> Sequence[Told]:
    """Return what the reader is still to be told of the lesson's releases."""
    if lesson.news is None or lesson.revision is None:
        return []
    live_hash = lesson.revision.content_hash
    return releases_within(lesson.module.id, lesson.news, live_hash)


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
    content = content_of(revision)
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
        criteria=levels_of_module(module, current_user),
    )


@bp.get("/<slug>/media/<digest>/<name>")
@allow(SIGNED_IN, open_if=is_open_file)
def media(slug: str, digest: str, name: str) -> Response:
    """A picture or a document; the address changes with the content, so it is kept."""
    is_guest = not current_user.is_authenticated
    media = open_media() if is_guest else visible_media(current_user)
    medium = db.first_or_404(with_address(media, slug, digest, name))
    is_picture = medium.media_type.startswith("image/")
    response = send_stored(
        medium.sha256, name=name, media_type=medium.media_type, inline=is_picture
    )
    response.headers["Cache-Control"] = f"private, max-age={YEAR}, immutable"
    return response
