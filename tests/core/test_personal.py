"""Every column of the site is declared: what it is to a person, or that it is none."""

import re
from pathlib import Path

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.personal import Purpose, Term, declarations, is_of
from lms.core.retention import terms

CONSENT = Path(__file__).parents[2] / "content" / "consent.md"


def of_every_table():
    return sorted(db.metadata.tables.values(), key=lambda table: table.name)


def leads_to(column, table):
    return any(key.column.table.name == table for key in column.foreign_keys)


def undeclared(table):
    declared = declarations.get(table.name)
    return {*table.columns.keys()} ^ (declared.columns if declared else set())


def test_every_column_of_every_table_is_declared(app):
    assert {t.name: undeclared(t) for t in of_every_table() if undeclared(t)} == {}


def test_a_plain_column_is_nothing_else(app):
    twice = {
        name: found
        for name, one in declarations.items()
        if (found := one.plain & (one.withheld | one.others | one.names | one.free))
        or (found := one.plain & {*one.told, *one.files, *one.of, *one.emptied})
    }

    assert twice == {}


def test_whoever_is_named_by_a_key_is_declared(app):
    keys = [(t, c) for t in of_every_table() for c in t.columns if leads_to(c, "user")]

    silent = [
        f"{table.name}.{column.name}"
        for table, column in keys
        if column.name not in {*declarations[table.name].of}
        and column.name not in declarations[table.name].others
    ]

    assert silent == []


def test_the_database_understands_every_way_to_a_person(app):
    for table in of_every_table():
        for way in declarations[table.name].of:
            mine = is_of(table, way, person_id=0, email="nobody@example.org")
            db.session.execute(sa.select(sa.func.count()).where(mine))


@pytest.mark.parametrize("kind", ["told", "files"])
def test_nothing_that_opens_an_account_is_given_out(app, kind):
    for name, declared in declarations.items():
        assert not declared.withheld & {*getattr(declared, kind)}, name


def test_rows_have_names_that_people_know(app):
    for table in of_every_table():
        called = declarations[table.name].called
        while called and (keys := table.columns[called].foreign_keys):
            table = next(iter(keys)).column.table
            called = declarations[table.name].called
            assert called, f"{table.name} is named by nothing"


def test_what_goes_by_itself_has_a_term(app):
    forgotten = {name.split(".")[0] for name in terms}
    nightly = {n for n, one in declarations.items() if one.term is Term.NIGHTLY}

    assert nightly <= forgotten


def test_purposes_are_those_of_the_consent():
    text = CONSENT.read_text(encoding="utf-8")
    listed = text.split("## Зачем")[1].split("\n## ")[0]

    assert re.findall(r"^- (.+)$", listed, re.M) == [one.value for one in Purpose]
