"""Two who type into one field: both texts stay until somebody has chosen."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.monitoring.projects.models import Project, ProjectRow, RivalWords
from lms.monitoring.projects.words import as_text, from_text, is_day, room_for


def keep_beside(row: ProjectRow, field: str, text: str, *, author: User) -> None:
    """Keep words beside those of the row; of one person the last ones."""
    about = {"kind": _kind(row), "row_id": row.id, "field": field}
    about["author_id"] = author.id
    rival = db.session.scalar(sa.select(RivalWords).filter_by(**about))
    if rival is None:
        rival = RivalWords(**about)
        db.session.add(rival)
    rival.text, rival.saved_at = text, utcnow()


def rivals_of(row: ProjectRow) -> list[RivalWords]:
    """Return the words that wait for a choice, the oldest first."""
    rivals = sa.select(RivalWords).filter_by(kind=_kind(row), row_id=row.id)
    rivals = rivals.order_by(RivalWords.saved_at, RivalWords.id)
    return list(db.session.scalars(rivals.options(joinedload(RivalWords.author))))


def with_rivals(project: Project | None, model: Any) -> set[int]:
    """Return the ids of the rows of a kind that wait for a choice."""
    if project is None:
        return set()
    rows = sa.select(model.id).filter_by(project_id=project.id, removed_at=None)
    waiting = sa.select(RivalWords.row_id).where(RivalWords.row_id.in_(rows))
    waiting = waiting.filter_by(kind=model.__name__).order_by(RivalWords.row_id)
    return set(db.session.scalars(waiting))


def chosen_words(
    row: ProjectRow, rival: RivalWords, *, keep: str, seen: str, base_version: int
) -> dict[str, object]:
    """Return what a choice writes into the row: `row`, `rival` or `both`.

    `seen` is the moment of the rival that the chooser saw; if it or the row has
    changed since, the choice was about other words.
    """
    if rival.saved_at.isoformat() != seen or row.version != base_version:
        raise RuleError("Пока вы выбирали, текст изменили. Посмотрите ещё раз.")
    field = rival.field
    if keep == "row":
        return {}
    if keep == "rival" or is_day(row, field):
        return {field: from_text(row, field, rival.text)}
    both = "\n\n".join(filter(None, (as_text(getattr(row, field)), rival.text)))
    room = room_for(row, field)
    if room is None:
        return {field: both}
    line = both.replace("\n\n", " / ")
    if len(line) > room:
        raise RuleError(
            f"Вместе тексты длиннее {room} знаков. Возьмите один и поправьте его."
        )
    return {field: line}


def forget_rivals(row: ProjectRow) -> None:
    """Drop what waits beside a row that is there no more."""
    gone = sa.delete(RivalWords).filter_by(kind=_kind(row), row_id=row.id)
    db.session.execute(gone)


def _kind(row: ProjectRow) -> str:
    return type(row).__name__
