"""Loading a revision for a page: found by who works on it, or there is no page."""

from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload, undefer

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.course.revisions.permissions import visible_revisions


def get_revision(slug: str, number: int) -> Revision:
    """Load a revision by its module and number, or answer 404."""
    return db.first_or_404(
        visible_revisions(current_user)
        .where(Module.slug == slug, Revision.number == number)
        .options(
            contains_eager(Revision.module).joinedload(Module.current_revision),
            joinedload(Revision.author),
        )
    )


def get_newest(slug: str) -> Revision:
    """Load the latest revision of a module, live or not, or answer 404."""
    return db.first_or_404(
        visible_revisions(current_user)
        .where(Module.slug == slug)
        .order_by(Revision.number.desc())
        .limit(1)
        .options(
            undefer(Revision.sources),
            contains_eager(Revision.module).joinedload(Module.current_revision),
            joinedload(Revision.author),
        )
    )
