"""Passwords: how they are stored and which ones are too easy to guess."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask import current_app

from lms.core.errors import RuleError
from lms.identity.accounts.easy_passwords import is_easy, words_of

SHORTEST = 10
LONGEST = 200


def hash_password(password: str) -> str:
    """Return what is stored instead of the password."""
    return _hasher().hash(_same_letters(password))


def is_password(password: str, password_hash: str) -> bool:
    """Tell whether this is the password behind the hash."""
    if is_too_long(password):
        return False
    try:
        return _hasher().verify(password_hash, _same_letters(password))
    except VerificationError:
        return False


def is_too_long(password: str) -> bool:
    """Tell a text that is nobody's password, before any work is spent on it."""
    return len(password) > LONGEST


def is_outdated(password_hash: str) -> bool:
    """Tell whether the hash was made with other settings than today's."""
    return _hasher().check_needs_rehash(password_hash)


def check_strength(password: str, *about: str) -> None:
    """Refuse a password that is short, common, or says who the person is.

    Length is what protects; a demand for capitals and digits only makes people
    write «Parol123!».
    """
    if is_too_long(password):
        raise RuleError(f"Пароль длиннее {LONGEST} знаков не запомнить: сократите его.")
    text = _same_letters(password).casefold()
    if len(text) < SHORTEST:
        raise RuleError(
            f"Нужно хотя бы {SHORTEST} знаков: например, три-четыре слова,"
            " которые легко вспомнить вам и не угадать другим."
        )
    if is_easy(text):
        raise RuleError("Такой пароль подбирают первым. Придумайте другой.")
    if _says_who(text, about):
        raise RuleError("Пароль повторяет ваше имя или почту. Придумайте другой.")


def _hasher() -> PasswordHasher:
    return PasswordHasher(**current_app.config["ARGON2"])


def _same_letters(text: str) -> str:
    """Write «й» one way: keyboards send it as one sign or as two."""
    return unicodedata.normalize("NFKC", text)


def _says_who(text: str, about: tuple[str, ...]) -> bool:
    """Tell whether nothing is left of the password without the person's names."""
    letters = "".join(words_of(text))
    names = {
        name for fact in about for name in words_of(_same_letters(fact).casefold())
    }
    rest = letters
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "")
    return bool(letters) and not rest
