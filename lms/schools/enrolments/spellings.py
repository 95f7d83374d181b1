"""Schools that are written differently and may be the same one."""

import re

from lms.schools.enrolments.alphabets import as_russian
from lms.schools.enrolments.columns import plain

# «МБОУ», «муниципальное бюджетное общеобразовательное учреждение», «имени».
FORMS = re.compile(
    r"\b(?:[мг][абк]?оу|мобу|фг[бк]оу|чоу|ано|муниципальн\w+|государственн\w+"
    r"|казенн\w+|бюджетн\w+|автономн\w+|частн\w+|общеобразовательн\w+"
    r"|образовательн\w+|учрежден\w+|средн\w+|основн\w+|номер|им|имени)\b"
)
SCHOOLS = re.compile(r"\b(?:с?о?ош|сш|школ\w*)\b")
TOWNS = re.compile(
    r"\b(?:г|го|город\w*|городск\w+|муниципальн\w+|округ\w*|р|н|район\w*|мо|с|село|п"
    r"|пос|поселок|пгт|рп|д|деревня|ст|станица)\b"
)


def key_of(name: str) -> str:
    """Write a name the one way in which it is compared: «Школа №12», «школа № 12»."""
    return plain(name).replace(" ", "") or name.casefold()


def school_key(name: str, municipality: str) -> str:
    """Tell schools of the same name in two towns apart, however a town is written."""
    town = re.sub(r"^(г|город) ", "", plain(municipality)).replace(" ", "")
    return f"{key_of(name)}/{town}"


def town_key(municipality: str) -> str:
    """Return what a town is called without «г.», «район» and the like."""
    return _words(TOWNS.sub(" ", plain(as_russian(municipality))))


def likeness_of(name: str, municipality: str) -> str:
    """Return what schools have in common that may be one: town, kind and number."""
    town = town_key(municipality)
    words = SCHOOLS.sub("школа", FORMS.sub(" ", plain(as_russian(name))))
    words = re.sub(r"(\d+)", r" \1 ", words)
    if numbers := re.findall(r"\d+", words):
        kind = re.search(r"лице|гимнази|колледж|интернат", words)
        return f"{town}/{kind[0] if kind else 'школа'}/{' '.join(numbers)}"
    return f"{town}/{_words(words.replace('школа', ' '))}"


def _words(text: str) -> str:
    return " ".join(sorted(text.split()))
