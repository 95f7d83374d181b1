"""Addresses and pages of releases: dropping a plan, and what changed for a reader."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.course.releases import services
from lms.course.releases.changes import changes_between
from lms.course.releases.hours import hour_in_words
from lms.course.releases.loading import get_release, get_told_release
from lms.course.releases.news import dismiss, releases_since
from lms.identity.accounts.permissions import ADMINS

bp = Blueprint("releases", __name__, url_prefix="/modules")
bp.add_app_template_global(hour_in_words)


@bp.post("/<slug>/releases/<int:release_id>/cancel")
@allow(ADMINS)
def cancel(slug: str, release_id: int) -> ResponseReturnValue:
    """An admin drops the plan of a module."""
    release = get_release(slug, release_id)
    services.cancel_release(release, actor=current_user)
    flash("План отменён. Версия цела, читают прежнюю.", "success")
    return redirect(url_for("revisions.index", slug=slug))


@bp.get("/<slug>/changes/<int:release_id>")
@allow(SIGNED_IN)
def changes(slug: str, release_id: int) -> ResponseReturnValue:
    """What changed for a reader from before a release until now."""
    release = get_told_release(slug, release_id)
    before, after = release.instead_of, release.module.current_revision
    if before is None or after is None:
        abort(404)
    return render_template(
        "course/releases/changes.html",
        release=release,
        told=releases_since(release.module_id, release.id),
        revision=after,
        changes=changes_between(before, after),
    )


@bp.post("/<slug>/changes/<int:release_id>/seen")
@allow(SIGNED_IN)
def seen(slug: str, release_id: int) -> ResponseReturnValue:
    """A reader has understood what was said, and is told no more of it."""
    dismiss(get_told_release(slug, release_id), reader=current_user)
    return redirect(url_for("modules.read", slug=slug))
