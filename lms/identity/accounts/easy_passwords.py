"""Passwords that are tried first: leaked ones, plain words, walks over the keyboard.

Digits and signs around a word protect nobody, and neither does the other keyboard
layout. The listed words and the neighbours of keys are those of zxcvbn; its own
estimate knows no Russian and takes seconds for a long text.
"""

import re
import string
from functools import cache
from itertools import pairwise
from pathlib import Path

DIFFERENT_CHARACTERS = 5
# The letters of a word that says something, and of a walk that says nothing.
SHORT_WORD, SHORT_WALK = 2, 3

# Words that Russian schools take, names and months, and the words of our own example.
COMMON = frozenset(
    Path(__file__).with_name("common_passwords.txt").read_text("utf-8").split()
)
LENGTHS = frozenset(map(len, COMMON))
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя")

EDGES = string.digits + string.punctuation
LOOKALIKES = str.maketrans("@013$", "aoies")
RUSSIAN_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё"
LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
TO_LATIN = str.maketrans(RUSSIAN_KEYS, LATIN_KEYS)
TO_RUSSIAN = str.maketrans(LATIN_KEYS, RUSSIAN_KEYS)


@cache
def listed() -> frozenset[str]:
    """Return leaked passwords, English words and names; few pages need them."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset[str]().union(*FREQUENCY_LISTS.values())


@cache
def neighbours() -> dict[str, frozenset[str]]:
    """Return the keys that lie around a key."""
    from zxcvbn.adjacency_graphs import ADJACENCY_GRAPHS

    return {
        key: frozenset("".join(near for near in around if near))
        for key, around in ADJACENCY_GRAPHS["qwerty"].items()
    }


def is_easy(text: str) -> bool:
    """Tell whether a password, in small letters, is among those tried first."""
    letters = [sign for sign in text if sign.isalpha()]
    if len(set(text)) < DIFFERENT_CHARACTERS or len(letters) < SHORT_WORD:
        return True
    if _is_walk(text) or text in listed():
        return True
    core = text.strip(EDGES)
    tables: list[dict[int, int]] = [{}, LOOKALIKES, TO_LATIN, TO_RUSSIAN]
    said = [core.translate(table) for table in tables] + [text.translate(LOOKALIKES)]
    return any(_says_nothing(words_of(words)) for words in said)


def words_of(text: str) -> list[str]:
    """Split into runs of letters."""
    return re.findall(r"[^\W\d_]+", text)


def _says_nothing(words: list[str]) -> bool:
    """Tell plain words, or one listed word, perhaps said several times."""
    repeated = re.fullmatch(r"(.+?)\1*", "".join(words))
    if repeated and repeated[1] in listed():
        return True
    long = [word for word in words if len(word) > SHORT_WORD]
    return bool(long) and all(_is_plain(word) for word in long)


def _is_plain(word: str) -> bool:
    is_row = any(word in row for row in ALPHABETS)
    has_length = len(word) > SHORT_WALK
    return (has_length and (is_row or _is_walk(word))) or _consists_of_common(word)


def _consists_of_common(word: str) -> bool:
    """Tell «приветмир»: known words one after another."""
    ends = {0}
    for start in range(len(word)):
        if start in ends:
            ends |= {start + n for n in LENGTHS if word[start : start + n] in COMMON}
    return len(word) in ends


def _is_walk(text: str) -> bool:
    """Tell a text typed from key to neighbouring key, in runs of three and more."""
    run, shortest = 1, len(text)
    for key, following in pairwise(text.translate(TO_LATIN)):
        if following == key or following in neighbours().get(key, ()):
            run += 1
        else:
            run, shortest = 1, min(run, shortest)
    return min(run, shortest) >= SHORT_WALK
