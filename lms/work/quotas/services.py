"""Counting what a person sends, and refusing what is too much for a day."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import file_size, today
from lms.core.retention import forget_after
from lms.work.quotas.models import SentBytes

# A work full of the largest files, and half of another one.
MOST = 300 * 1024 * 1024
FULL = (
    "За день один человек может приложить {}, и с этим файлом было бы больше. Всё, что"
    " уже приложено, на месте. Этот файл приложите завтра, попросите приложить его"
    " кого-то ещё из команды или дайте на него ссылку в тексте."
)

forget_after(timedelta(days=7), SentBytes.day, what="сколько файлов прислал человек")


def check_quota(user_id: int, size: int) -> None:
    """Refuse a file before it is sent, when today has no room for it."""
    sent = db.session.get(SentBytes, (user_id, today()))
    if size > MOST - (sent.total if sent else 0):
        raise _refusal()


def charge(user_id: int, size: int) -> None:
    """Count bytes in the caller's transaction, or refuse them.

    Several tabs send at once, so the update itself looks whether there is room.
    """
    key = {"user_id": user_id, "day": today()}
    _begin_day(key)
    counted = db.session.scalar(
        sa.update(SentBytes)
        .filter_by(**key)
        .where(SentBytes.total + size <= MOST)
        .values(total=SentBytes.total + size)
        .returning(SentBytes.user_id)
        .execution_options(synchronize_session=False)
    )
    if counted is None:
        db.session.rollback()
        raise _refusal()


def _begin_day(key: dict[str, object]) -> None:
    if db.session.scalar(sa.select(SentBytes.user_id).filter_by(**key)) is None:
        try:
            with db.session.begin_nested():
                db.session.execute(sa.insert(SentBytes).values(**key, total=0))
        except IntegrityError:
            pass  # another tab has just begun it


def _refusal() -> RuleError:
    return RuleError(FULL.format(file_size(MOST)))
