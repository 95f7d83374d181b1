"""One sending of a form adds one row, however often the button was pressed."""

from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import db


class FromForm:
    """Mark a model whose rows a form adds; the form gives its key to the row."""

    form_key: Mapped[str | None] = mapped_column(sa.String(36), unique=True, index=True)


Row = TypeVar("Row", bound=FromForm)


def added_before(kind: type[Row], form_key: str | None, **facts: Any) -> Row | None:
    """Return the row that the same sending has added already, if it has.

    A second press waits here for the first one: SQLite lets one writer in at a time,
    and PostgreSQL keeps the lock until the commit.
    """
    if form_key is None:
        return None
    go_one_by_one(form_key)
    return db.session.scalar(sa.select(kind).filter_by(form_key=form_key, **facts))


def go_one_by_one(name: str) -> None:
    """Let transactions with the same name follow one another until their commits."""
    if db.engine.dialect.name == "postgresql":
        number = sa.func.hashtextextended(name, 0)
        db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
