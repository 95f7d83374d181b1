"""What the site holds of one person, found by the ways that the tables declare."""

from dataclasses import dataclass

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.personal import Declaration, Purpose, declarations, is_of
from lms.identity.accounts.models import User

# What stands on the page in a few words for each purpose of the consent.
CAPTIONS = {
    Purpose.STUDY: "Учётная запись, команды, чтение и черновики",
    Purpose.REVIEW: "Работы, отзывы, вопросы и разговоры",
    Purpose.PLAN: "План и проект школы",
    Purpose.TERRITORY: "Показатели и отчёты",
    Purpose.CERTIFICATE: "Зачтённое, явка и сертификаты",
    Purpose.OUTCOME: "Диагностика и опросы",
    Purpose.LETTERS: "Приглашения, письма и объявления",
    Purpose.SAFETY: "Входы, согласие и журнал",
}


@dataclass(frozen=True)
class Held:
    """How much is kept of a person for one purpose."""

    caption: str
    count: int


def given_tables() -> list[tuple[sa.Table, Declaration]]:
    """Return the tables of which a person is given a copy, in the order of the map."""
    order = list(Purpose)
    given = [
        (db.metadata.tables[name], one)
        for name, one in declarations.items()
        if one.purpose and one.of and one.told
    ]
    return sorted(given, key=lambda pair: order.index(pair[1].purpose or order[0]))


def is_own(table: sa.Table, person: User) -> sa.ColumnElement[bool]:
    """Tell the database to find the rows of a table that belong to a person."""
    person_id, email = person.id, person.email
    ways = declarations[table.name].of
    return sa.or_(
        *(is_of(table, way, person_id=person_id, email=email) for way in ways)
    )


def holdings_of(person: User) -> list[Held]:
    """Count what is kept of a person, for each purpose, in one statement."""
    counts = [
        sa.select(
            sa.literal(one.purpose.name).label("purpose"),
            sa.func.count().label("count"),
        )
        .select_from(table)
        .where(is_own(table, person))
        for table, one in given_tables()
        if one.purpose
    ]
    of_tables = sa.union_all(*counts).subquery()
    total = sa.func.sum(of_tables.c.count)
    sums = sa.select(of_tables.c.purpose, total).group_by(of_tables.c.purpose)
    found = {name: int(count) for name, count in db.session.execute(sums)}
    return [Held(CAPTIONS[one], found.get(one.name, 0)) for one in Purpose]
