"""Letters of two alphabets in one word: they look alike, and machines see others."""

import re
from collections.abc import Iterator

LOOKALIKES = str.maketrans("aceopxykmtbhABCEHKMOPTXY", "асеорхукмтвнАВСЕНКМОРТХУ")
LETTERS = {
    "LATIN": re.compile("[A-Za-z\u00c0-\u024f]"),
    "CYRILLIC": re.compile("[\u0400-\u052f]"),
}
ALPHABETS = {"CYRILLIC": "русские", "LATIN": "латинские"}


def mixtures(text: str) -> Iterator[str]:
    """Say of each word of two alphabets which letters are the odd ones."""
    if not odd_letters(text):
        return
    for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
        if odd := odd_letters(word):
            yield f"в слове «{word}» {odd}"


def odd_letters(word: str) -> str:
    """Name the letters of the alphabet that is less in a word, if it has two."""
    letters = {name: letters_of(word, name) for name in ALPHABETS}
    if not all(letters.values()):
        return ""
    few, many = sorted(letters, key=lambda name: len(letters[name]))
    odd = ", ".join(dict.fromkeys(letters[few]))
    others = "русских" if many == "CYRILLIC" else "латинских"
    return f"{ALPHABETS[few]} буквы среди {others} ({odd})"


def letters_of(text: str, alphabet: str) -> list[str]:
    """Return the letters of a text that are of an alphabet."""
    return LETTERS[alphabet].findall(text)


def as_russian(text: str) -> str:
    """Write the Latin letters that look like Russian ones as those, to compare."""
    return text.translate(LOOKALIKES)
