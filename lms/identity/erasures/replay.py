"""Erasing again those whom a restored backup has brought back."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from lms.core.backup.signals import site_restored
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import plural
from lms.identity.accounts.models import User
from lms.identity.erasures.asking import add_erasure, erasure_of
from lms.identity.erasures.erasing import erase
from lms.identity.erasures.register import FILE, Erased, list_files, read_list
from lms.identity.requests.models import RequestKind

FORMS = "человек", "человека", "человек"
NO_LIST = (
    "Списка удалённых ({}) рядом с копией нет. Если после копии кто-то удалил сведения"
    " о себе, они вернулись: до открытия сайта принесите список с прежнего места (он"
    " лежит в INSTANCE и в LMS_BACKUPS) и выполните:"
    " flask accounts replay-erasures ФАЙЛ"
)


@site_restored.connect
def replay_beside(backup: Path) -> str:
    """Erase whom the lists name that lie beside a backup and in this place."""
    near = backup.resolve().parent / FILE
    lists = [path for path in {near, *list_files()} if path.exists()]
    return replay(lists) if lists else NO_LIST.format(FILE)


def replay(lists: Iterable[Path]) -> str:
    """Erase everybody in some lists who is here again; return what was done.

    Whoever is erased already is passed over, so it may be done as often as one likes.
    """
    erased = sorted({one for path in lists for one in read_list(path)})
    back = [one for one in erased if _is_back(one)]
    for one in back:
        _erase_again(one)
    again = plural(len(back), *FORMS)
    return f"Удалено заново: {again}; в списке всего {len(erased)}."


def _is_back(one: Erased) -> bool:
    """Tell whether this very account is here, and is not erased."""
    here = User.id == one.user_id, User.created_at == one.created_at
    found = sa.select(User.id).where(*here, User.erased_at.is_(None))
    return db.session.scalar(found) is not None


def _erase_again(one: Erased) -> None:
    person = db.session.get_one(User, one.user_id)
    erasure = erasure_of(person)
    if erasure is None:
        erasure = add_erasure(person, RequestKind.ERASURE, erase_at=utcnow())
    erasure.erase_at = utcnow()
    db.session.commit()
    erase(erasure.request_id, despite_ties=True)
