"""The longest words that people type: on a phone no page may become wider by them."""

import re
import sqlite3
from pathlib import PurePosixPath

import sqlalchemy as sa

from lms.core.extensions import db
from tests.browser.demo import PEOPLE

WORD = "Ы" * 144
# What is longer in a JSON is a text, what is shorter a title or a name.
LONG = 120
RUSSIAN = re.compile("[А-Яа-я]")
EMAIL = re.compile(r"[\w.-]+@example\.org")
# Our own words, by which pages choose what to say, names in addresses, and lessons.
OURS = {
    ("audit_event", "action"),
    ("audit_event", "object_type"),
    ("certificate", "number"),
    ("course_edition", "content"),
    ("diagnostics_edition", "content"),
    ("survey_edition", "content"),
    ("job", "key"),
    ("media_file", "name"),
    ("revision", "content"),
}
# Words of a JSON that are chosen from a few of ours.
CHOSEN = {"kind"}
# Names that are Latin in the demonstration, and may be as long as any.
NAMES = {"name", "place", "link"}


def copy_of(demo, path):
    """Copy the database of the demonstration while it is served."""
    with demo.app_context():
        source = sqlite3.connect(db.engine.url.database)
    with sqlite3.connect(path) as target:
        source.backup(target)
    source.close()
    return path


def lengthen_everything():
    """Give each stored text that people wrote a word that is as long as a line."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if (table.name, column.name) not in OURS and _is_text(column):
                _lengthen(table, column)
    db.session.commit()


def _is_text(column):
    kind = column.type
    is_string = isinstance(kind, sa.String) and not isinstance(kind, sa.Enum)
    return is_string or isinstance(kind, sa.JSON)


def _lengthen(table, column):
    keys = list(table.primary_key.columns)
    for *key, value in db.session.execute(sa.select(*keys, column)).all():
        longer = _longer(value, column)
        if longer != value:
            same = [name == part for name, part in zip(keys, key, strict=True)]
            change = sa.update(table).where(*same)
            db.session.execute(change.values({column.name: longer}))


def _longer(value, column):
    """Return the value, grown inside what its column holds."""
    if isinstance(value, dict):
        return {
            name: part if name in CHOSEN else _longer(part, column)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [_longer(part, column) for part in value]
    if not isinstance(value, str) or value in PEOPLE.values():
        return value
    if EMAIL.fullmatch(value):
        return "e" * 60 + value.replace("@", "@" + "d" * 60 + ".")
    if value.startswith("<"):
        return f"{value}<p>{WORD}</p>"
    if isinstance(column.type, sa.JSON) and RUSSIAN.search(value):
        return value[:20] + WORD[:60] if len(value) < LONG else f"{value} {WORD}"
    if not RUSSIAN.search(value) and column.name not in NAMES:
        return value
    longest = getattr(column.type, "length", None) or 100_000
    ending = PurePosixPath(value).suffix if column.name == "name" else ""
    word = WORD[: longest - 20] + ending
    return value.removesuffix(ending)[: longest - len(word)] + word
