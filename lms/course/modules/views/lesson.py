"""The page of a lesson, for who reads it now and for who does not yet."""

from collections.abc import Sequence
from functools import partial

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.extensions import db
from lms.core.freshness import answer_if_changed
from lms.core.links import site_link
from lms.course.modules.contents import downloads_of, drawn_content_of
from lms.course.modules.loading import is_open, one_module, open_module, titles
from lms.course.modules.permissions import can_guide
from lms.course.modules.views.blueprint import bp
from lms.course.modules.views.programme import my_steps
from lms.course.releases.news import Told, releases_within
from lms.identity.accounts.permissions import can_observe
from lms.network.practices.bank import practices_of_lesson
from lms.overview.home.pictures import link_card
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.review.questions.listing import shared_of
from lms.review.questions.loading import may_ask
from lms.review.questions.marks import with_ways_to_ask
from lms.schools.teams.loading import my_header, my_membership, my_memberships
from lms.work.credits.path import Step, path_of_staff


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
        shared=shared_of(module, revision),
        downloads=downloads_of(revision),
        practices=(
            practices_of_lesson(module.id, current_user) if module.shared_at else []
        ),
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
