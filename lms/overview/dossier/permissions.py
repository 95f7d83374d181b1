"""Whose copies somebody may take: their own."""

import sqlalchemy as sa

from lms.core.database import moment_of_asking
from lms.identity.accounts.models import User
from lms.identity.requests.models import DataRequest
from lms.overview.dossier.models import LASTS, Export


def visible_exports(user: User) -> sa.Select[Export]:
    """Return the copies of one's own data that are still kept."""
    is_kept = Export.made_at > moment_of_asking(ago=LASTS)
    mine = sa.select(Export).join(Export.request)
    return mine.where(DataRequest.user_id == user.id, is_kept)
