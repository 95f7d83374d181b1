"""Lessons that change in the demonstration: one a while ago, one in three days."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import site_zone, today
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.intake import import_revision
from lms.course.modules.models import Module, ReadMark, Revision
from lms.course.modules.services import publish
from lms.course.releases.models import Release
from lms.course.releases.schedule import plan_release
from lms.course.releases.services import publish_now
from lms.demo.story import backdate
from lms.identity.accounts.models import User

CHAT = "О сроках и встречах напишем в общем чате потока: следите за ним."
QUESTIONS = "Вопросы по заданию задавайте прямо в работе: отвечает тьютор команды."


def begin_with_earlier_text(module: Module, admin: User) -> None:
    """Have people read a lesson as it was before it was renewed."""
    earlier = _with_paragraph(_live(module), CHAT, admin, note="Напоминание о чате")
    publish(earlier, actor=admin)


def renew(module: Module, readers: Iterable[User], admin: User) -> None:
    """Bring back the text of the folder, and tell those who have read the other."""
    month_ago = utcnow() - timedelta(days=30)
    db.session.add_all(
        ReadMark(user_id=reader.id, module_id=module.id, read_at=month_ago)
        for reader in readers
    )
    db.session.commit()
    first = sa.select(Revision).filter_by(module_id=module.id, number=1)
    files, folder = files_of(db.session.scalars(first).one()), folder_of(_live(module))
    renewed = import_revision(folder, files, author=admin, note="Без чата")
    note = "убрали напоминание об общем чате, вопросы теперь задают прямо в работе."
    publish_now(renewed, author=admin, instead_of=_live(module).number, note=note)
    moment = utcnow() - timedelta(days=2)
    backdate(Release, "module_id", module.id, released_at=moment)


def plan(module: Module, admin: User) -> None:
    """Have another text of a lesson wait for nine in the morning in three days."""
    live = _live(module)
    later = _with_paragraph(live, QUESTIONS, admin, note="Куда писать с вопросами")
    hour = datetime.combine(today() + timedelta(days=3), time(9), site_zone())
    note = "добавили, куда писать с вопросами по заданию."
    plan_release(later, at=hour, author=admin, instead_of=live.number, note=note)


def _live(module: Module) -> Revision:
    if module.current_revision is None:
        raise LookupError(f"{module.slug} was not imported")
    return module.current_revision


def _with_paragraph(
    revision: Revision, words: str, author: User, *, note: str
) -> Revision:
    """Store a lesson with one more paragraph before its first heading."""
    files = files_of(revision)
    head, mark, rest = files["lesson.md"].decode().partition("\n## ")
    files["lesson.md"] = f"{head}\n{words}\n{mark}{rest}".encode()
    return import_revision(folder_of(revision), files, author=author, note=note)
