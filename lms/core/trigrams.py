"""The indexes of PostgreSQL by which words are found within texts.

They are of exactly the expression that `lms.core.search` asks for. SQLite has none: its
own trigrams know Latin capitals alone, and would need a copy of every text.
"""

import sqlalchemy as sa

from lms.core.search import searched_text

# The columns of each table that are searched together, in the order of `mentions`.
TEXTS = {
    "audit_event": ("action", "object_title"),
    "certificate": (
        "number",
        "holder_name",
        "school_name",
        "municipality",
        "team_name",
    ),
    "newcomer": ("full_name", "email"),
    "school": ("name", "municipality"),
    "team": ("name",),
    "user": ("full_name", "email"),
}
LACKING = (
    "Поиск: расширения pg_trgm нет ({reason}), поэтому искать по словам сайт будет"
    " дольше. Выполните в базе CREATE EXTENSION pg_trgm и повторите flask setup."
)


def make_trigram_indexes(connection: sa.Connection) -> str:
    """Make those that are missing; return why they cannot be made, else nothing.

    The extension comes with PostgreSQL, and whoever owns the database may switch it
    on; a provider may forbid that, and search then works without.
    """
    if connection.dialect.name != "postgresql":
        return ""
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except sa.exc.DBAPIError as error:
        reason = str(error.orig).strip().splitlines()[0]
        return LACKING.format(reason=reason)
    for table, columns in TEXTS.items():
        connection.execute(sa.text(_index(table, columns, connection.dialect)))
    return ""


def _index(table: str, columns: tuple[str, ...], dialect: sa.Dialect) -> str:
    text = searched_text(*(sa.column(name) for name in columns))
    folded = text.compile(dialect=dialect)
    name = f"ix_{table}_words"
    return (
        f'CREATE INDEX IF NOT EXISTS {name} ON "{table}"'
        f" USING gin (({folded}) gin_trgm_ops)"
    )
