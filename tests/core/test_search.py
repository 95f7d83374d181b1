"""Every search compares letters in the same way."""

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from lms.core.extensions import db
from lms.core.search import fold, mentions
from lms.schools.teams.models import School
from tests.conftest import save


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
    ],
)
def test_every_word_stands_in_some_column(app, words, is_found):
    save(School(name="Школа имени Семёнова", municipality="Чужой, Трёхгорка"))

    found = sa.select(School).where(mentions(words, School.name, School.municipality))

    assert bool(db.session.scalar(found)) is is_found


def test_postgresql_can_serve_it_from_an_index():
    found = mentions("школа", School.name).compile(dialect=postgresql.dialect())

    assert "replace(lower(school.name), 'ё', 'е') LIKE" in str(found)
