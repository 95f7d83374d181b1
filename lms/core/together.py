"""Rows that several people edit: a late save never covers what nobody has read."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.errors import RuleError
from lms.core.extensions import Model, db
from lms.core.form_keys import FromForm

MOVED_ON = (
    "Пока вы правили, эту запись сохранил кто-то ещё: что в ней теперь, стоит ниже."
    " Соедините оба текста и сохраните снова."
)
REMOVED = "Пока вы правили, эту запись убрал кто-то ещё."


class EditedTogether(FromForm):
    """A row that several people edit; a page says which version it has shown."""

    version: Mapped[int] = mapped_column(default=1)


def correct(row: EditedTogether, values: Mapping[str, Any], *, seen: int) -> None:
    """Put values into a row, unless it is no longer what the page has shown (`seen`).

    The row is held until the caller commits.
    """
    if not hold(row):
        raise RuleError(REMOVED)
    if row.version != seen:
        db.session.rollback()
        raise RuleError(MOVED_ON)
    row.version += 1
    for name, value in values.items():
        setattr(row, name, value)


def hold(row: Model | EditedTogether) -> bool:
    """Hold a row until the commit; tell whether it is still there."""
    try:
        # Of the row alone: rows that are read beside it may be none.
        db.session.refresh(row, with_for_update={"of": type(row)})
    except InvalidRequestError:
        db.session.rollback()
        return False
    return True
