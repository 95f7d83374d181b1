"""Letters of two alphabets in one word: they look alike, and machines see others."""

import re
import unicodedata
from collections.abc import Iterator

LOOKALIKES = str.maketrans("aceopxykmtbhABCEHKMOPTXY", "асеорхукмтвнАВСЕНКМОРТХУ")
ALPHABETS = {"LATIN": "латинские", "CYRILLIC": "русские"}


def mixtures(text: str) -> Iterator[str]:
    """Say of each word of two alphabets which letters are the odd ones."""
    for word in re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text):
        letters = {name: letters_of(word, name) for name in ALPHABETS}
        if not all(letters.values()):
            continue
        few, many = sorted(letters, key=lambda name: len(letters[name]))
        odd = ", ".join(dict.fromkeys(letters[few]))
        others = "русских" if many == "CYRILLIC" else "латинских"
        yield f"в слове «{word}» {ALPHABETS[few]} буквы среди {others} ({odd})"


def letters_of(text: str, alphabet: str) -> list[str]:
    """Return the letters of a text that are of an alphabet."""
    if text.isascii():
        return [sign for sign in text if sign.isalpha()] if alphabet == "LATIN" else []
    return [sign for sign in text if unicodedata.name(sign, "").startswith(alphabet)]


def as_russian(text: str) -> str:
    """Write the Latin letters that look like Russian ones as those, to compare."""
    return text.translate(LOOKALIKES)
