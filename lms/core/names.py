"""Names of people as they are stored, «Фамилия Имя Отчество», and as they are said."""

import re

from lms.core.search import fold

# How every patronymic of Russian ends; no given name ends so.
PATRONYMIC = re.compile(r"(ич|вна|чна)$", re.IGNORECASE)
# Stands before the number of a person who was erased.
ERASED = "Удалённый участник № "


def family_first(full_name: str) -> str:
    """Write «Анна Сергеевна Ветрова» as documents do: «Ветрова Анна Сергеевна»."""
    words = full_name.split()
    fathers = [bool(PATRONYMIC.search(word)) for word in words]
    if fathers == [False, True, False]:
        words = [words[2], *words[:2]]
    return " ".join(words)


def initials(full_name: str) -> str:
    """«СА» for «Седова Анна Викторовна»: two letters for the round sign."""
    return "".join(word[0] for word in full_name.split()[:2]).upper()


def short_name(full_name: str) -> str:
    """«Анна Седова»: given name first, as colleagues say it; no patronymic."""
    words = full_name.split()
    is_whole = len(words) < 2 or full_name.startswith(ERASED)
    return full_name if is_whole else f"{words[1]} {words[0]}"


def spellings(full_name: str) -> set[str]:
    """Return the ways in which lists name a person, as `folded_name` writes them."""
    family, *given = full_name.split() or [""]
    letters = [word[0] for word in given]
    rests = given, given[:1], letters, letters[:1]
    orders = ([[family, *rest], [*rest, family]] for rest in rests)
    return {folded_name(" ".join(words)) for order in orders for words in order}


def folded_name(text: str) -> str:
    """Write a name the one way in which names are compared: no full stops, no case."""
    return " ".join(fold(text).replace(".", " ").split())
