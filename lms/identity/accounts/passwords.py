"""Passwords: how they are stored and which ones are too easy to guess."""

import re
import string
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from lms.core.errors import RuleError

SHORTEST = 10
LONGEST = 200
DIFFERENT_CHARACTERS = 5

# Rows of a keyboard and counting: any piece of one of them is no password.
ROWS = (
    "1234567890" * 2,
    "0987654321" * 2,
    "qwertyuiopasdfghjklzxcvbnm",
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1q2w3e4r5t6y7u8i9o0p",
    "1й2ц3у4к5е6н7г8ш9щ0з",
    "qazwsxedcrfvtgbyhnujm",
    "qweasdzxcrtyfghvbn",
    "йцуфывячскенапрмит",
)
# What stands in the lists of leaked passwords again and again, with digits and
# signs around it; Russian words also as typed in the other keyboard layout. And
# the words of our own example, because somebody will take it.
COMMON = frozenset(
    Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split()
)
EDGES = string.digits + string.punctuation
LOOKALIKES = str.maketrans("@013$", "aoies")


def hash_password(password: str) -> str:
    """Return what is stored instead of the password."""
    return _hasher().hash(_same_letters(password))


def is_password(password: str, password_hash: str) -> bool:
    """Tell whether this is the password behind the hash."""
    try:
        return _hasher().verify(password_hash, _same_letters(password))
    except VerificationError:
        return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other settings than today's."""
    return _hasher().check_needs_rehash(password_hash)


def check_strength(password: str, *about: str) -> None:
    """Refuse a password that is short, common, or says who the person is.

    Length is what protects; a demand for capitals and digits only makes people
    write «Parol123!».
    """
    text = _same_letters(password).casefold()
    if len(text) < SHORTEST:
        raise RuleError(
            f"Нужно хотя бы {SHORTEST} знаков: например, три-четыре слова,"
            " которые легко вспомнить вам и не угадать другим."
        )
    if len(text) > LONGEST:
        raise RuleError(f"Пароль длиннее {LONGEST} знаков не запомнить: сократите его.")
    if _is_common(text):
        raise RuleError("Такой пароль подбирают первым. Придумайте другой.")
    if _says_who(text, about):
        raise RuleError("Пароль повторяет ваше имя или почту. Придумайте другой.")


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["ARGON2"])


def _same_letters(text: str) -> str:
    """Write «й» one way: keyboards send it as one sign or as two."""
    return unicodedata.normalize("NFKC", text)


def _words(text: str) -> list[str]:
    """Split into runs of letters; digits and signs around them protect nobody."""
    return re.findall(r"[^\W\d_]+", text)


def _is_common(text: str) -> bool:
    if len(set(text)) < DIFFERENT_CHARACTERS or any(text in row for row in ROWS):
        return True
    core = text.strip(EDGES).translate(LOOKALIKES)
    return any(_says_nothing_new(_words(form)) for form in (text, core))


def _says_nothing_new(words: list[str]) -> bool:
    return bool(words) and all(word in COMMON or _is_row(word) for word in words)


def _is_row(word: str) -> bool:
    return len(word) > 3 and any(word in row for row in ROWS)


def _says_who(text: str, about: tuple[str, ...]) -> bool:
    """Tell whether nothing is left of the password without the person's names."""
    letters = "".join(_words(text))
    names = {name for fact in about for name in _words(_same_letters(fact).casefold())}
    rest = letters
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "")
    return bool(letters) and not rest
