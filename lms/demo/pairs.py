"""A pair of schools of the demonstration, with three events at different stages."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.demo.cast import LAD, OPORA, SchoolTeam
from lms.identity.accounts.models import User
from lms.network.pairs.services import add_event, open_pair
from lms.schools.teams.models import School


def pair_schools(admin: User) -> None:
    """Have an admin bring schools of two coordinators together; both write the plan."""
    pair = open_pair(
        _school(OPORA),
        _school(LAD),
        goal="В школе № 40 родители приходят не только на собрания, а школа № 12 учится"
        " рассказывать о себе так, чтобы её поняли и в другом городе.",
        signed_on=today() - timedelta(days=70),
        until=today() + timedelta(days=200),
        actor=admin,
    )
    for author, what, begins, ends, planned, outcome in (
        (
            "captain@example.org",
            "Открытый день мастерских для учителей школы № 40",
            -48,
            None,
            "Шесть учителей увидели, как семьи ведут мастерские, и выбрали одну себе.",
            "Приехали восемь учителей. Выбрали «Починим вместе»: инструменты есть у"
            " каждого второго отца.",
        ),
        (
            "krylova@example.org",
            "Первая мастерская родителей в школе № 40",
            -20,
            -6,
            "Две встречи, на каждой не меньше пяти семей.",
            "",
        ),
        (
            "krylova@example.org",
            "Круглый стол двух школ: что рассказать о себе городу",
            32,
            40,
            "По три истории от каждой школы, готовые к выпуску.",
            "",
        ),
    ):
        values = {
            "what": what,
            "begins_on": today() + timedelta(days=begins),
            "ends_on": today() + timedelta(days=ends) if ends else None,
            "planned": planned,
            "outcome": outcome,
        }
        add_event(pair, values, author=_person(author))


def _school(cast: SchoolTeam) -> School:
    named = sa.select(School).filter_by(
        name=cast.school, municipality=cast.municipality
    )
    return db.session.scalars(named).one()


def _person(email: str) -> User:
    return db.session.scalars(sa.select(User).filter_by(email=email)).one()
