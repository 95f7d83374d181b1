"""Who works on revisions: admins only, and they see every module."""

import sqlalchemy as sa

from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything


def visible_revisions(user: User) -> sa.Select[Revision]:
    """Return all revisions to admins and none to others."""
    query = sa.select(Revision).join(Module, Revision.module_id == Module.id)
    return query.where(sees_everything(user))
