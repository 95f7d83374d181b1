"""Keeping a filter under a name, and dropping it."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.filters.models import SavedFilter

MAX_NAME = 60
MAX_FILTERS = 12


def filters_of(user: User) -> Sequence[SavedFilter]:
    """Return the saved filters of a tutor, by name."""
    mine = sa.select(SavedFilter).where(SavedFilter.user_id == user.id)
    return db.session.scalars(mine.order_by(SavedFilter.name)).all()


def save_filter(name: str, address: Mapping[str, str], *, user: User) -> SavedFilter:
    """Keep a filter; the same name again means the new one."""
    name = " ".join(name.split())[:MAX_NAME]
    if not name:
        raise RuleError("Назовите фильтр, чтобы потом его узнать.")
    known = {one.name: one for one in filters_of(user)}
    if name not in known and len(known) >= MAX_FILTERS:
        raise RuleError(f"Фильтров уже {MAX_FILTERS}. Уберите один из них.")
    kept = known.get(name) or SavedFilter(user_id=user.id, name=name)
    kept.address = dict(address)
    db.session.add(kept)
    try:
        db.session.commit()
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError(
            f"Фильтр «{name}» только что сохранён в другой вкладке."
        ) from None
    return kept


def drop_filter(kept: SavedFilter) -> None:
    """Forget a filter."""
    db.session.delete(kept)
    db.session.commit()
