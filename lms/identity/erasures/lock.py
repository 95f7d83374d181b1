"""One change of an erasure at a time."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.erasures.models import Erasure


def lock_erasure(request_id: int) -> Erasure:
    """Return an erasure as it is now; nobody else changes it until the commit."""
    query = sa.select(Erasure).where(Erasure.request_id == request_id)
    as_it_is = query.with_for_update().execution_options(populate_existing=True)
    locked: Erasure = db.session.scalars(as_it_is).one()
    return locked
