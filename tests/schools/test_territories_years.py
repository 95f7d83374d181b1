"""Schools of an older release find their territories when the site is upgraded."""

import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.extensions import db
from tests.older_rows import tables_of

NSO = "Новосибирская область"
SCHOOLS = [
    ("Лицей № 3", "Бердск", NSO),
    ("Лицей № 9", "Бердск", NSO),
    ("Школа № 1", "Бердск", ""),
    ("Школа № 2", "Искитим", NSO),
    ("Школа № 57", "Москва", "Москва"),
    ("Школа № 7", NSO, ""),
]
WHERE = """
    SELECT school.name, territory.name, top.name FROM school
    JOIN school_territory ON school_territory.school_id = school.id
    JOIN territory ON territory.id = school_territory.territory_id
    LEFT JOIN territory top ON top.id = territory.parent_id
"""


def test_each_pair_of_town_and_region_becomes_a_territory(bare):
    upgrade(revision="0027")
    names = ("name", "municipality", "region")
    with db.engine.begin() as connection:
        school = next(t for t in tables_of(connection) if t.name == "school")
        rows = [dict(zip(names, one, strict=True)) for one in SCHOOLS]
        connection.execute(school.insert(), rows)

    upgrade()

    with db.engine.connect() as connection:
        found = {name: where for name, *where in connection.execute(sa.text(WHERE))}
    assert found == {
        "Лицей № 3": ["Бердск", NSO],
        "Лицей № 9": ["Бердск", NSO],
        "Школа № 1": ["Бердск", None],
        "Школа № 2": ["Искитим", NSO],
        "Школа № 57": ["Москва", None],
        "Школа № 7": [NSO, None],
    }
