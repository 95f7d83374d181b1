"""What is kept for a while only, and how the jobs of the night remove it.

docs/operating.md has the same terms in a table; a test compares the two.
"""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job, every_day
from lms.core.mail_folder import kept_letters

# After the backup of the night.
HOUR = 4
BATCH = 500
# «Письма» shows so much of the past.
JOBS_LAST = timedelta(days=90)
LETTERS_LAST = timedelta(days=180)


class Term(NamedTuple):
    """How long rows of a kind are kept, and what people call them."""

    what: str
    lasts: timedelta


# By the name of the table in which the rows are, and the column that tells their age.
terms: dict[str, Term] = {}


def forget_after(
    lasts: timedelta,
    moment: InstrumentedAttribute[Any],
    *which: sa.ColumnElement[bool],
    what: str,
) -> None:
    """Have the rows of a table removed when this moment of theirs is so long ago.

    `moment` may be empty: such rows stay. A clock set back keeps rows for longer.
    """
    table = moment.class_.__table__
    kind = f"forget {table.name}.{moment.key}"[:40]
    terms[f"{table.name}.{moment.key}"] = Term(what, lasts)

    @every_day(kind, f"Уборка: {what}", hour=HOUR)
    def forget(_request: dict[str, Any]) -> None:
        while _forget_some(table, moment < utcnow() - lasts, *which):
            pass


def _forget_some(table: sa.Table, *which: sa.ColumnElement[bool]) -> int:
    """Remove some rows; others get their turn to write before the next ones go."""
    key = sa.tuple_(*table.primary_key.columns)
    some = sa.select(*table.primary_key.columns).where(*which).limit(BATCH)
    gone = db.session.execute(sa.delete(table).where(key.in_(some)))
    db.session.commit()
    return int(gone.rowcount)  # type: ignore[attr-defined]


forget_after(JOBS_LAST, Job.done_at, what="сделанные задания и отправленные письма")
forget_after(JOBS_LAST, Job.parked_at, what="письма и задания, которые не удались")


FOLDER = "письма в папке `mail`, пока почта не настроена"
terms["mail"] = Term(FOLDER, LETTERS_LAST)


@every_day("forget mail", "Уборка: письма в папке", hour=HOUR)
def forget_kept_letters(_request: dict[str, Any]) -> None:
    """Remove the files of letters that nobody could send for so long, whole or not."""
    for path in kept_letters():
        with suppress(FileNotFoundError):
            kept_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if kept_at < utcnow() - LETTERS_LAST:
                path.unlink()
