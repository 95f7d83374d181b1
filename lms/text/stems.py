"""Russian words without their endings, as texts and questions are compared."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from lms.core.search import fold

# Of a text so much is searched; PostgreSQL takes a megabyte of words at most.
MOST_SIGNS = 100_000
WORD = re.compile(r"[^\W_]+")


def stems(text: str) -> list[str]:
    """Return the words of a text without their endings."""
    return stems_of(WORD.findall(fold(text[:MOST_SIGNS])))


def stems_of(folded: Iterable[str]) -> list[str]:
    """Return words that are folded already without their endings."""
    return list(_stemmer().stemWords(list(folded)))


@cache
def _stemmer() -> Any:
    """Load the endings of Russian when somebody searches or writes, not at start."""
    import Stemmer

    return Stemmer.Stemmer("russian")
