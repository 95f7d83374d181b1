"""Rows of a school that was a mistake: they go along to the right one."""

from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db


def move_to_empty(*kinds: Any, left: int, to: int) -> bool:
    """Move rows to a school that has none of these kinds; tell whether any stay behind.

    Of two lists nobody but the school can make one.
    """
    if _has_some(kinds, to):
        return _has_some(kinds, left)
    for kind in kinds:
        moved = sa.update(kind).where(kind.school_id == left)
        db.session.execute(moved.values(school_id=to))
    return False


def _has_some(kinds: tuple[Any, ...], school_id: int) -> bool:
    found = (sa.exists().where(kind.school_id == school_id) for kind in kinds)
    return bool(db.session.scalar(sa.select(sa.or_(*found))))
