"""Positions as schools write them: «зам. директора по ВР», «учитель математики»."""

import re

from lms.schools.enrolments.columns import plain
from lms.schools.teams.models import Position

EXACT = {position.value: position for position in Position} | {
    "head": Position.HEAD,
    "deputy": Position.DEPUTY,
    "deputy head": Position.DEPUTY,
    "teacher": Position.TEACHER,
    "parent": Position.PARENT,
    "graduate": Position.GRADUATE,
    "partner": Position.PARTNER,
}
KNOWN = {plain(name): position for name, position in EXACT.items()}
# How a position begins; the first that fits decides.
BEGINNINGS = [
    (Position.DEPUTY, r"зам|завуч|здувр|здвр|зувр"),
    (
        Position.TEACHER,
        r"учитель|педагог|преподавател|классн\w* руководител|кл рук|воспитател"
        # «уч. истории», but not «уч. 9 класса» and «уч-ся»: those are pupils.
        r"|преп\b|препод|пед\b|уч\b(?! (?:\d|ся\b|к\b|ца\b|щ|сек|совет|част))"
        r"|методист|психолог|учит\b|соц\w* педагог|старш\w* вожат|вожат|логопед"
        r"|библиотекар|тренер|советник (?:директора|по воспитан)"
        r"|руководител\w* (?:шмо|мо|методич)",
    ),
    (
        Position.HEAD,
        r"(?:и о |ио |врио |исполняющ\w+ обязанности )?"
        r"(?:дир\b|директор\w*|руководител\w*)"
        r"(?: (?:школ|о[оу]\b|лице|гимнази|образовательн|мбоу|моу|гбоу|маоу|сош)|$)",
    ),
    (
        Position.PARENT,
        r"род\b|родител|мама|мать|папа|отец|законн\w* представител|бабушк"
        r"|(?:член\w*|председател\w*|представител\w*) родител",
    ),
    (Position.GRADUATE, r"вып\b|выпускни"),
    (Position.PARTNER, r"(?:социальн\w* )?партнер|представител\w* партнер"),
]
PATTERNS = [(position, re.compile(pattern)) for position, pattern in BEGINNINGS]
# Where nobody would ask whether it was understood; two positions at once are a doubt.
OBVIOUS = re.compile(
    r"зам\w*(?: дир| по)|завуч|учител|педагог$|преподавател|директор|руководител"
    r"|родител|мама|папа|мать|отец|выпускни|партнер"
)


def read_position(text: str) -> Position | None:
    """Understand a position by its first words."""
    name = plain(text)
    if exact := KNOWN.get(name):
        return exact
    return next((position for position, sign in PATTERNS if sign.match(name)), None)


def is_obvious(text: str) -> bool:
    """Tell whether a text names its position so that nobody would ask."""
    name = plain(text)
    return name in KNOWN or (not set("/,;") & set(text) and bool(OBVIOUS.match(name)))
