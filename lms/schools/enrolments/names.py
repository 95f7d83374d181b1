"""Names of people as lists have them, and as they would stand in a certificate."""

import re

from lms.core.names import family_first
from lms.schools.enrolments.alphabets import mixtures

PHONE = re.compile(r"[,;]?\s*(?:\bт(?:ел\w*)?[.:]*\s*)?(?:\+\s?)?\d(?:[\s()–-]*\d){4,}")
# A name is letters, spaces, hyphens, apostrophes, brackets and dots of initials.
FOREIGN = re.compile(r"[^\w\s.()'’ʼ`´‘–—-]|[\d_]")
# «1. Ромашкина», «Рома́шкина»: the number of a line, and marks that show the stress.
NUMBER = re.compile(r"^\d{1,4}\s*[.)]\s*|^\d{1,4}\s+(?=[^\W\d])")
STRESS = re.compile("[\u0300-\u0305\u0307\u0309-\u036f]")
# «Мамин -Сибиряк», «Петровна.»: a slip that leaves no doubt.
HYPHEN = re.compile(r"(?<=\w) [–—-](?=\w)|(?<=\w)[–—-] (?=\w)")
FULL_STOP = re.compile(r"(?<=\w\w)\.$")
# «РомашкинаАнна», but not «МакКензи» or «О'Коннор».
GLUED = re.compile(r"\w*[^\W\d_]{4}(?<=[а-яё])[А-ЯЁ]\w*")
# Nearly every name: nothing to look at.
USUAL = re.compile("(?:[А-ЯЁ][а-яё]+ )+[А-ЯЁ][а-яё]+")
# «ИП Иванов Иван», «Мама Иванова Анна»: what somebody is, put before the name.
TITLES = {
    *("ип", "ао", "пао", "ооо", "оао", "зао", "нко", "ано", "мбоу", "моу", "сош"),
    *("мама", "папа", "мать", "отец", "бабушка", "дедушка", "родитель", "выпускник"),
    *("директор", "завуч", "учитель", "педагог", "методист", "психолог", "воспитатель"),
    *("тьютор", "капитан", "партнёр", "партнер", "господин", "госпожа", "доктор"),
}
PARTICLES = {"оглы", "кызы", "оглу", "заде", "угли", "бек"}


def read_name(text: str) -> tuple[str, list[str]]:
    """Return a name as a certificate would have it, and what to look at in it."""
    is_usual = USUAL.fullmatch(text) and TITLES.isdisjoint(text.lower().split())
    if is_usual and family_first(text) == text:
        return text, []
    name, remarks = _without_strangers(text)
    usual = _in_usual_case(name)
    cased = family_first(usual)
    if usual != name:
        kind = "строчными" if name.islower() else "заглавными"
        remarks.append(f"имя набрано {kind} буквами")
    if cased != text:
        remarks.append(f"запишем «{cased}»")
    remarks += mixtures(cased)
    if re.search(r"\b\w\.", cased):
        remarks.append("вместо имени инициалы: так оно встанет в сертификат")
    remarks += _odd_words(cased)
    if "(" in cased:
        remarks.append("в имени скобки: так оно встанет в сертификат")
    return cased, remarks


def _odd_words(name: str) -> list[str]:
    """Return what no name has: «- капитан», «АннаИвановна»."""
    words = re.findall(r"[^\s()-]+|(?<= )[–—-](?= )", name)
    odd = [w for w in words if not w[0].isupper() and w not in PARTICLES]
    odd += [word for word in words if GLUED.fullmatch(word)]
    odd += [word for word in words if word[0].isupper() and word.lower() in TITLES]
    shown = ", ".join(f"«{word}»" for word in odd)
    return [f"в имени не как в документах: {shown}"] if odd else []


def _without_strangers(text: str) -> tuple[str, list[str]]:
    """Drop telephones and signs that no name has, and say so."""
    remarks = []
    text = NUMBER.sub("", STRESS.sub("", text))
    text = HYPHEN.sub("-", FULL_STOP.sub("", text))
    if phone := PHONE.search(text):
        remarks.append(f"в имени телефон {phone[0].strip(' ,;')}")
        text = PHONE.sub("", text)
    if signs := FOREIGN.findall(text):
        shown = " ".join(dict.fromkeys(signs))
        remarks.append(f"в имени лишние знаки: {shown}")
        text = FOREIGN.sub(" ", text)
    return " ".join(text.split()), remarks


def _in_usual_case(name: str) -> str:
    """Write words in capitals, and a name that has none, as names are written."""
    if name.islower():
        return "".join(map(_capitalised, re.split(r"(\W)", name)))
    return re.sub(r"[^\W\d_]{3,}", lambda word: _lowered(word[0]), name)


def _lowered(word: str) -> str:
    return _capitalised(word.lower()) if word.isupper() else word


def _capitalised(word: str) -> str:
    return word if word in PARTICLES else word.capitalize()
