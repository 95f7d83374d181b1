"""A row that was changed or removed while somebody else had its page open."""

from sqlalchemy.exc import InvalidRequestError

from lms.core.errors import RuleError
from lms.core.extensions import Model, db
from lms.network.partners.models import EditedTogether

MOVED_ON = (
    "Пока вы правили, эту запись сохранил кто-то ещё: что в ней теперь, стоит ниже."
    " Соедините оба текста и сохраните снова."
)
REMOVED = "Пока вы правили, эту запись убрал кто-то ещё."


def hold(row: Model | EditedTogether) -> bool:
    """Hold a row until the commit; tell whether it is still there."""
    try:
        # Of the row alone: rows that are read beside it may be none.
        db.session.refresh(row, with_for_update={"of": type(row)})
    except InvalidRequestError:
        db.session.rollback()
        return False
    return True


def claim(row: EditedTogether, *, seen: int) -> None:
    """Hold a row to change it, unless it is no longer what the page has shown."""
    if not hold(row):
        raise RuleError(REMOVED)
    if row.version != seen:
        db.session.rollback()
        raise RuleError(MOVED_ON)
    row.version += 1
