"""Every search compares letters in the same way."""

import re

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from lms.core.extensions import db
from lms.core.search import fold, has_words, mentions
from lms.core.trigrams import TEXTS, make_trigram_indexes
from lms.schools.teams.models import School
from tests.conftest import save

only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.mark.parametrize("text", ["ЁЛКИН", "Елкин", "е\u0308лкин"])
def test_letters_are_folded(text):
    assert fold(text) == "елкин"


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("", True),
        ("семенов", True),
        ("ТРЕХГОРКА ШКОЛА", True),
        ("чужои\u0306", True),
        ("школа клин", False),
        ("школ_", False),
        ("7", True),
        ("№7", True),
        ("№ 7 школа", True),
        ("77", False),
        ("й", False),
        ("им", True),
        ("чужой-трехгорка", False),
    ],
)
def test_every_word_stands_in_some_column(app, words, is_found):
    name, place = "Школа №7-177 имени Семёнова", "Чужой, Трёхгорка"
    save(School(name=name, municipality=place))

    found = sa.select(School).where(mentions(words, School.name, School.municipality))

    assert bool(db.session.scalar(found)) is is_found
    assert has_words(f"{name} {place}", words) is is_found


def test_postgresql_can_serve_it_from_an_index():
    found = mentions("школа", School.name).compile(dialect=postgresql.dialect())

    assert "replace(lower(' ' || school.name), 'ё', 'е')" in str(found)


@only_postgresql
@pytest.mark.parametrize("table", TEXTS)
def test_index_of_postgresql_is_of_what_is_searched(app, table):
    columns = db.metadata.tables[table].columns
    found = mentions("школа", *(columns[name] for name in TEXTS[table]))
    literally = {"literal_binds": True}
    query = (
        sa.select(columns.id).where(found).compile(db.engine, compile_kwargs=literally)
    )

    plan = " ".join(db.session.scalars(sa.text(f"EXPLAIN {query}")))

    index = sa.text(f"SELECT pg_get_indexdef('ix_{table}_words'::regclass)")
    [text] = re.findall(r"\((.*) gin_trgm_ops\)", db.session.scalar(index))
    assert f"({text} ~~ " in plan


def test_words_do_not_go_from_one_column_into_another(app):
    save(School(name="Школа", municipality="Город"))

    found = sa.select(School).where(mentions("шко лаго", School.name))
    across = sa.select(School).where(mentions("лагор", School.name, School.region))

    assert db.session.scalar(found) is db.session.scalar(across) is None


@only_postgresql
def test_search_goes_on_where_the_extension_is_forbidden(app):
    with db.engine.connect() as connection:
        for statement in (
            "DROP EXTENSION pg_trgm CASCADE",
            "CREATE ROLE newcomer",
            "SET LOCAL ROLE newcomer",
        ):
            connection.execute(sa.text(statement))

        said = make_trigram_indexes(connection)

        assert said.startswith("Поиск: расширения pg_trgm нет (permission denied")
        assert "flask setup" in said
        connection.rollback()


def test_indexes_that_are_there_are_left_alone(app):
    with db.engine.begin() as connection:
        assert make_trigram_indexes(connection) == ""
