"""The columns of a list: what they are called, and how people call them."""

import re
from typing import NamedTuple

from lms.core.search import fold


class Column(NamedTuple):
    """A column that the site understands."""

    key: str
    heading: str
    width: int
    longest: int
    is_required: bool
    # What a heading may say, and which beginnings of words give a longer one away.
    other_names: str
    signs: str


def plain(text: str) -> str:
    """Write a heading the one way in which it is compared."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


COLUMNS = [
    Column(
        "school",
        "Школа",
        28,
        200,
        True,
        "название школы|наименование школы|образовательная организация|оо|оу"
        "|организация|учреждение|school|school name|institution",
        "школа|школы|организац|учрежден|лице|гимнази|о[оу]\\b",
    ),
    Column(
        "municipality",
        "Населённый пункт",
        22,
        120,
        True,
        "муниципалитет|муниципальное образование|город|район|город район"
        "|municipality|city|town",
        "населенн|муницип|город|район|округ|территори",
    ),
    Column(
        "region",
        "Регион",
        22,
        120,
        False,
        "область|край|субъект|субъект рф|region",
        "регион|област|субъект",
    ),
    Column(
        "team",
        "Команда",
        18,
        120,
        True,
        "название команды|школьная команда|team|team name",
        "команд",
    ),
    Column(
        "full_name",
        "Фамилия, имя, отчество",
        32,
        200,
        True,
        "фио|ф и о|полное имя|участник|full name|person",
        "фио|ф и о|фамил",
    ),
    Column(
        "email",
        "Почта",
        26,
        254,
        True,
        "электронная почта|эл почта|адрес почты|адрес электронной почты|мейл|email"
        "|e mail|mail|email address",
        "почт|email|e mail|мейл|имейл",
    ),
    Column(
        "position",
        "Кто для школы",
        24,
        120,
        True,
        "кто вы для школы|кем приходится школе|должность|роль|статус|position|role",
        "должност|роль|кто для|кем приход",
    ),
    Column(
        "captain",
        "Капитан",
        10,
        40,
        False,
        "капитан команды|captain|is captain",
        "капитан",
    ),
    Column(
        "tutor",
        "Тьютор",
        26,
        200,
        False,
        "тьютор команды|куратор|tutor|team tutor",
        "тьютор|куратор",
    ),
]
# What may be one thing for all lines of a list that has no column for it.
FOR_ALL = ("school", "municipality", "region", "team", "position")
# A full name may stand in several columns, in this order.
PARTS = {
    "surname": ("Фамилия", "фамилия имя|фамилия и имя|surname|last name"),
    "given_name": ("Имя", "name|first name|given name"),
    "patronymic": ("Отчество", "middle name"),
}
# The first sign that a heading shows decides: «капитан команды» is about the captain.
SIGNS = [
    (key, re.compile(rf"\b(?:{column.signs})"))
    for key in (
        "captain",
        "tutor",
        "email",
        "position",
        "team",
        "full_name",
        "municipality",
        "region",
        "school",
    )
    for column in COLUMNS
    if column.key == key
]
# Stands in the files with refused lines; when they come back it is not needed.
REASON = "Что исправить"
HEADINGS = {column.key: column.heading for column in COLUMNS}
NAMES = {
    plain(name): column.key
    for column in COLUMNS
    for name in (column.heading, *column.other_names.split("|"))
} | {
    plain(name): part
    for part, (heading, other_names) in PARTS.items()
    for name in (heading, *other_names.split("|"))
}
LONGEST_HEADING = 120


def name_of(heading: str) -> str | None:
    """Return the key that a heading names word for word, without its notes."""
    for text in (heading, re.sub(r"\([^)]*\)", " ", heading)):
        if key := NAMES.get(plain(text)):
            return key
    return None


def sign_of(heading: str) -> str | None:
    """Return the key about which a longer heading speaks."""
    if "@" in heading or len(heading) > LONGEST_HEADING:
        return None
    text = plain(re.sub(r"\([^)]*\)", " ", heading))
    return next((key for key, sign in SIGNS if sign.search(text)), None)
