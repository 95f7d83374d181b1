"""A row that was changed while somebody else had its form open."""

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.network.partners.models import EditedTogether

MOVED_ON = (
    "Пока вы правили, эту карточку сохранил кто-то ещё: что в ней теперь, стоит ниже."
    " Соедините оба текста и сохраните снова."
)


def claim(row: EditedTogether, *, seen: int) -> None:
    """Hold a row to change it, unless it is no longer what the page has shown."""
    db.session.refresh(row, with_for_update=True)
    if row.version != seen:
        db.session.rollback()
        raise RuleError(MOVED_ON)
    row.version += 1
