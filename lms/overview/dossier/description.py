"""The JSON Schema of a copy: what programs may rely on."""

import enum
from typing import Any

import sqlalchemy as sa

from lms.core.database import UtcDateTime
from lms.core.personal import Declaration
from lms.identity.accounts.models import RoleSet
from lms.overview.dossier.holdings import given_tables
from lms.overview.dossier.sections import named_table

Schema = dict[str, Any]

MOMENT: Schema = {"type": "string", "format": "date-time"}
FILES: Schema = {
    "type": "array",
    "description": "файлы этой записи: где они лежат в архиве",
    "items": {"type": "string"},
}


def schema() -> Schema:
    """Describe `data.json`: which tables, which columns, and what they are called."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Копия данных одного человека с сайта «Точка сборки»",
        "type": "object",
        "required": ["made_at", "tables"],
        "additionalProperties": False,
        "properties": {
            "made_at": MOMENT,
            "tables": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    table.name: _table(table, one) for table, one in given_tables()
                },
            },
        },
    }


def _table(table: sa.Table, declared: Declaration) -> Schema:
    columns = {
        name: {"description": label, **_kind(table.c[name])}
        for name, label in declared.told.items()
    }
    row = {
        "type": "object",
        "additionalProperties": False,
        "required": list(columns),
        "properties": columns | ({"files": FILES} if declared.files else {}),
    }
    return {
        "type": "object",
        "title": declared.title,
        "required": ["title", "purpose", "rows"],
        "properties": {
            "title": {"const": declared.title},
            "purpose": {"type": "string"},
            "rows": {"type": "array", "items": row},
        },
    }


def _kind(column: sa.Column[Any]) -> Schema:
    """Say which values a column may have; one that may be empty, null as well."""
    if isinstance(column.type, sa.JSON):
        return {}
    kind = {"type": "string"} if named_table(column) else _type(column.type)
    return {"anyOf": [kind, {"type": "null"}]} if column.nullable else kind


def _type(type_: Any) -> Schema:
    if isinstance(type_, sa.Enum):
        members: type[enum.Enum] = type_.enum_class  # type: ignore[assignment]
        return {"enum": [member.value for member in members]}
    if isinstance(type_, RoleSet):
        return {"type": "array", "items": {"type": "string"}}
    for kind, said in (
        (sa.Boolean, {"type": "boolean"}),
        (sa.Integer, {"type": "integer"}),
        (UtcDateTime, MOMENT),
        (sa.Date, {"type": "string", "format": "date"}),
    ):
        if isinstance(type_, kind):
            return said
    return {"type": "string"}
