"""Words in the cells of any table: finding them, and writing others in their place."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.search import fold, searched_text

Change = Callable[[str], str]
# Rows that are read at a time.
BATCH = 200


def may_hold(column: sa.Column[Any], words: Iterable[str]) -> sa.ColumnElement[bool]:
    """Find cells in which one of some texts stands, however it is spelled.

    JSON is stored with numbers for letters: each «е» may be «ё», and capitals stand
    where they were given, at the beginning, at that of each word, or everywhere.
    """
    if not isinstance(column.type, sa.JSON):
        folded = searched_text(sa.func.coalesce(column, ""))
        return sa.or_(*(folded.contains(fold(word), autoescape=True) for word in words))
    text = sa.cast(column, sa.Text)
    ways = (str, fold, str.capitalize, str.title, str.upper)
    spellings = {spell(word) for word in words for spell in ways}
    likes = (text.like(_like_in_json(one), escape="!") for one in sorted(spellings))
    return sa.or_(*likes)


def _in_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _like_in_json(text: str) -> str:
    any_letter = "_" * len(_in_json("е"))
    letters = (
        any_letter
        if letter in "еёЕЁ"
        else _in_json(letter).replace("_", "!_").replace("%", "!%")
        for letter in text
    )
    return f"%{''.join(letters)}%"


def rows_with(
    table: sa.Table, names: Iterable[str], which: sa.ColumnElement[bool]
) -> Iterator[sa.RowMapping]:
    """Read the keys and some columns of rows, a batch at a time, in the order of keys.

    What a reader changes meanwhile is read once.
    """
    key = list(table.primary_key.columns)
    columns = [*key, *(table.c[name] for name in sorted(names))]
    query = sa.select(*columns).where(which).order_by(*key).limit(BATCH)
    after: sa.ColumnElement[bool] = sa.true()
    while rows := db.session.execute(query.where(after)).mappings().all():
        yield from rows
        last = [rows[-1][column] for column in key]
        kinds = [column.type for column in key]
        after = sa.tuple_(*key) > sa.tuple_(*last, types=kinds)


def is_row(table: sa.Table, row: Any) -> sa.ColumnElement[bool]:
    """Find one row again by its key."""
    return sa.and_(*(column == row[column] for column in table.primary_key.columns))


def rewrite(
    table: sa.Table,
    names: Iterable[str],
    which: sa.ColumnElement[bool],
    change: Change,
) -> int:
    """Change the texts of some columns where a change makes another text of them.

    Tables and not models are written: what never changes for people changes here.
    """
    names, count = sorted(names), 0
    for row in rows_with(table, names, which):
        known = {name: row[table.c[name]] for name in names}
        values = {name: rewritten(value, change) for name, value in known.items()}
        if values != known:
            update = sa.update(table).where(is_row(table, row)).values(**values)
            db.session.execute(update)
            count += 1
    return count


def rewritten(value: Any, change: Change) -> Any:
    """Change every text of a value; keys of JSON are words of the site."""
    match value:
        case str():
            return change(value)
        case list():
            return [rewritten(part, change) for part in value]
        case dict():
            return {key: rewritten(part, change) for key, part in value.items()}
    return value


def texts_of(value: Any) -> Iterator[str]:
    """Return every text of a value."""
    match value:
        case str():
            yield value
        case list():
            for part in value:
                yield from texts_of(part)
        case dict():
            for part in value.values():
                yield from texts_of(part)
