"""Tables as both databases store them, without what Python makes of a value."""

from typing import Any

import sqlalchemy as sa


class JsonText(sa.types.UserDefinedType[str]):
    """JSON to the letter; the word «null» in it is not the same as no value."""

    cache_ok = True

    def get_col_spec(self, **_options: Any) -> str:
        return "JSON"

    def column_expression(self, column: sa.ColumnElement[Any]) -> sa.Cast[str]:
        """Have PostgreSQL give the text itself."""
        return sa.cast(column, sa.Text)


def portable(table: sa.Table) -> sa.TableClause:
    """Return a table whose values are words, numbers, moments, days and bytes."""
    columns = (sa.column(c.name, _stored(c.type)) for c in table.columns)
    return sa.table(table.name, *columns)


def _stored(kind: sa.types.TypeEngine[Any]) -> sa.types.TypeEngine[Any]:
    """Return the type of what is stored; a moment stays one in UTC."""
    if isinstance(kind, sa.JSON):
        return JsonText()
    if isinstance(kind, sa.Enum):
        return sa.String()
    if isinstance(kind, sa.TypeDecorator):
        inner = kind.impl_instance
        return kind if isinstance(inner, sa.DateTime) else inner
    return kind
