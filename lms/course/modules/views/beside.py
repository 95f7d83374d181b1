"""What goes with a lesson: «Прочитано», the tutor's guide, pictures and documents."""

from flask import Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.course.modules import services
from lms.course.modules.contents import content_of
from lms.course.modules.loading import get_module, is_open_file, with_address
from lms.course.modules.permissions import open_media, visible_media
from lms.course.modules.views.blueprint import bp
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import STAFF, can_judge
from lms.overview.progress.levels import levels_of_module
from lms.review.calibration.comparison import in_words
from lms.review.calibration.permissions import overseen_tutors
from lms.review.calibration.services import calibration_of, overview_of

YEAR = 365 * 24 * 60 * 60


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
