"""Lists, notes and footnotes around a line, which hold it by its indent."""

from typing import NamedTuple

from lms.text.signs import STEP


class Box(NamedTuple):
    """Something open that holds every line whose text begins at `offset` or later."""

    kind: str  # of a list: ul or ol; box is a note, a footnote or a definition
    offset: int

    @property
    def is_strict(self) -> bool:
        """Whether no line further left goes on with its text."""
        return self.kind == "box"


class Boxes:
    """What is open, the outermost first."""

    def __init__(self) -> None:
        self._open: list[Box] = []

    def __bool__(self) -> bool:
        return bool(self._open)

    def open(self, kind: str, offset: int) -> None:
        """Open one more box, within the others."""
        self._open.append(Box(kind, offset))

    def close(self, indent: int, *, lazily: bool) -> str:
        """Close what a line does not belong to, and return the kind of the last."""
        closed = ""
        while any(
            indent < box.offset and not (lazily and not box.is_strict)
            for box in self._open
        ):
            closed = self._open.pop().kind
        return closed

    @property
    def offset(self) -> int:
        """Where the words of the innermost box begin."""
        return self._open[-1].offset if self._open else 0

    @property
    def margin(self) -> int:
        """How far Python-Markdown wants the words of the innermost box."""
        return STEP * len(self._open)

    @property
    def strict_margin(self) -> int:
        """The same of the innermost note, of which a list may stand further left."""
        strict = [n for n, box in enumerate(self._open, 1) if box.is_strict]
        return STEP * max(strict, default=0)

    def offset_at(self, indent: int) -> int:
        """Return where the words of the box begin to which such a line belongs."""
        return max((b.offset for b in self._open if b.offset <= indent), default=0)

    def refuses(self, indent: int) -> bool:
        """Tell whether a line leaves a box with whose text it cannot go on."""
        return any(box.is_strict and box.offset > indent for box in self._open)
