"""How a certificate is worded: no verb that needs a gender, small numbers in words."""

from collections.abc import Sequence
from typing import NamedTuple

from lms.core.language import RU, plural

_FROM_THREE = ["три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"]
# How a school's name goes on inside a sentence; abbreviations stay as they are.
_COMMON_NOUNS = {"Школа", "Гимназия", "Лицей", "Колледж", "Центр", "Средняя"}


class Noun(NamedTuple):
    """Something that is counted: «одна зачтённая работа», «две …», «пять …»."""

    first_numerals: tuple[str, str]
    one: str
    few: str
    many: str


LESSONS = Noun(("одно", "два"), "занятие", "занятия", "занятий")
WORKS = Noun(("одна", "две"), "зачтённая работа", "зачтённые работы", "зачтённых работ")


def counted(count: int, noun: Noun) -> str:
    """«две зачтённые работы», «21 занятие»."""
    numerals = [*noun.first_numerals, *_FROM_THREE]
    number = numerals[count - 1] if 0 < count <= len(numerals) else str(count)
    forms = {"one": noun.one, "few": noun.few}
    return f"{number} {forms.get(RU.plural_form(count), noun.many)}"


def outcome(hours: int, *, lessons: int, works: int, has_plan: bool) -> str:
    """«36 часов: девять занятий, восемь зачтённых работ, план развития школы»."""
    parts = [
        counted(lessons, LESSONS) if lessons else "",
        counted(works, WORKS) if works else "",
        "план развития школы" if has_plan else "",
    ]
    volume = plural(hours, "час", "часа", "часов")
    content = ", ".join(part for part in parts if part)
    return f"{volume}: {content}" if content else volume


def team_line(team: str, school: str, municipality: str) -> str:
    """«команда «Опора», школа № 12, Новосибирск»."""
    first, _, rest = school.partition(" ")
    if first in _COMMON_NOUNS:
        school = f"{first.lower()} {rest}".strip()
    parts: Sequence[str] = [f"команда {quoted(team)}", school, municipality]
    line = ", ".join(part for part in parts if part)
    return line.replace("№ ", "№\N{NO-BREAK SPACE}")


def quoted(title: str) -> str:
    """Put a title into «quotes»; those that are inside become „quotes“."""
    inner = title.strip().removeprefix("«").removesuffix("»")
    bare = inner if "«" not in inner and "»" not in inner else title
    return f"«{bare.replace('«', '„').replace('»', '“')}»"
