"""Holding a card while something becomes of it."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.practices.models import Practice


def lock_card(practice: Practice) -> None:
    """Hold the card until the commit, and read anew how it stands.

    Its own columns alone: PostgreSQL locks no row that an outer join may lack.
    """
    names = [column.key for column in sa.inspect(Practice).column_attrs]
    db.session.refresh(practice, names, with_for_update=True)
