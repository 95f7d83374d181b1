"""Notes tied to fragments of a text: marking the fragment, putting the note beside it.

The HTML comes from `lms.text.markup` and only gains `<mark>` around words that are in
it already, so what was safe to show stays safe.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Generic, Protocol, TypeVar

from markupsafe import Markup

from lms.text.stored import stored_html

VOID = frozenset({"br", "hr", "img"})


class Quoted(Protocol):
    """A note knows the words it is about, and which occurrence of them it means."""

    @property
    def quote(self) -> str: ...

    @property
    def at(self) -> int: ...


Note = TypeVar("Note", bound=Quoted)


@dataclass
class Passage(Generic[Note]):
    """A stretch of the text, and the numbered notes about something in it."""

    html: Markup
    notes: list[tuple[int, Note]] = field(default_factory=list)


def flat(text: str) -> str:
    """Return a text as it is compared: however it was broken into lines."""
    return " ".join(text.split())


def cite(body: str, notes: Sequence[tuple[int, Note]]) -> list[Passage[Note]]:
    """Mark the words of each numbered note and cut the text after its block."""
    text = _Text(body)
    places = {number: text.find(note.quote, note.at) for number, note in notes}
    cuts: dict[int, list[tuple[int, Note]]] = {}
    for number, note in notes:
        place = places[number]
        end = text.block_end(place[-1][0]) if place else len(text.pieces) - 1
        cuts.setdefault(end, []).append((number, note))
    return text.passages(places, cuts)


def holds(body: str, quote: str) -> bool:
    """Tell whether the words of a quote stand in a text."""
    return bool(_Text(body).find(quote, 0))


@dataclass
class _Piece:
    """A tag as it is written, or a text with what a reader sees of it."""

    raw: str
    text: str = ""
    closes_block: bool = False


class _Text(HTMLParser):
    """An HTML fragment as a row of pieces, searchable by the words in it."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[_Piece] = []
        self._depth = 0
        self.feed(body)
        self.close()
        # The words with single spaces, and where each of their letters stands.
        self._letters: list[tuple[int, int]] = []
        words: list[str] = []
        for number, piece in enumerate(self.pieces):
            for offset, letter in enumerate(piece.text):
                if not letter.isspace():
                    words.append(letter)
                elif words and words[-1] != " ":
                    words.append(" ")
                else:
                    continue
                self._letters.append((number, offset))
        self._words = "".join(words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._depth += tag not in VOID
        self._add_tag(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1
        self._add_tag(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.pieces.append(_Piece(data, data))

    def handle_entityref(self, name: str) -> None:
        self.pieces.append(_Piece(f"&{name};", html.unescape(f"&{name};")))

    def handle_charref(self, name: str) -> None:
        self.pieces.append(_Piece(f"&#{name};", html.unescape(f"&#{name};")))

    def _add_tag(self, raw: str) -> None:
        self.pieces.append(_Piece(raw, closes_block=self._depth == 0))

    def find(self, quote: str, at: int) -> list[tuple[int, int]]:
        """Return where the letters of a quote stand: its `at`-th occurrence."""
        wanted = flat(quote)
        starts: list[int] = []
        start = self._words.find(wanted) if wanted else -1
        while start >= 0 and len(starts) <= at:
            starts.append(start)
            start = self._words.find(wanted, start + 1)
        if not starts:
            return []
        first = starts[at] if at < len(starts) else starts[0]
        return self._letters[first : first + len(wanted)]

    def block_end(self, number: int) -> int:
        """Return the piece with which the outermost block around a piece ends."""
        for index in range(number, len(self.pieces)):
            if self.pieces[index].closes_block:
                return index
        return len(self.pieces) - 1

    def passages(
        self,
        places: dict[int, list[tuple[int, int]]],
        cuts: dict[int, list[tuple[int, Note]]],
    ) -> list[Passage[Note]]:
        owner = {place: number for number in places for place in places[number]}
        last = {letters[-1]: number for number, letters in places.items() if letters}
        found: list[Passage[Note]] = []
        written: list[str] = []
        for number, piece in enumerate(self.pieces):
            written.append(_marked(piece, number, owner, last))
            if number in cuts:
                found.append(Passage(stored_html("".join(written)), cuts[number]))
                written = []
        if written or not found:
            lost = cuts.get(-1, [])
            found.append(Passage(stored_html("".join(written)), lost))
        return found


def _marked(
    piece: _Piece,
    number: int,
    owner: dict[tuple[int, int], int],
    last: dict[tuple[int, int], int],
) -> str:
    """Write a piece with its part of a quote marked, and the number after its end."""
    runs: list[tuple[int | None, list[int]]] = []
    for offset in range(len(piece.text)):
        note = owner.get((number, offset))
        if not runs or runs[-1][0] != note:
            runs.append((note, []))
        runs[-1][1].append(offset)
    if all(note is None for note, _ in runs):
        return piece.raw
    return "".join(_run(piece, note, part, number, last) for note, part in runs)


def _run(
    piece: _Piece,
    note: int | None,
    part: Iterable[int],
    number: int,
    last: dict[tuple[int, int], int],
) -> str:
    offsets = list(part)
    whole = len(offsets) == len(piece.text)
    text = piece.raw if whole else piece.text[offsets[0] : offsets[-1] + 1]
    if note is None or not text.strip():
        return text
    ended = [last[number, offset] for offset in offsets if (number, offset) in last]
    signs = "".join(f"<sup>{sign}</sup>" for sign in ended)
    return f'<mark class="cited">{text}{signs}</mark>'
