"""Code between two marks: ```."""

import re

FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,}) *([\w#+.-]*)")
_LANGUAGE = re.compile(r"(?:[a-z0-9#+.-]{1,15}(?: [ -~]*)?)?")


class Fence:
    """A block of code, and the lines that become of it."""

    def __init__(
        self, line: int, found: re.Match[str], *, indent: int, prefix: str
    ) -> None:
        self.line = line
        self.is_closed = False
        self._mark, self._language = found[1], found[2]
        self._said = found.string[len(self._mark) :].strip()
        self._indent = indent
        self._prefix = prefix
        self._code: list[str] = []

    def take(self, line: str) -> None:
        """Take the next line: more of the code, or the mark that closes it."""
        text = line.strip()
        if len(text) >= len(self._mark) and not text.strip(self._mark[0]):
            self.is_closed = True
            return
        cut = min(self._indent, len(line) - len(line.lstrip()))
        self._code.append(self._prefix + line[cut:] if text else "")

    def lines(self, *, keeps_all: bool) -> list[str]:
        """Return the block; `keeps_all` with what is said beside its mark."""
        if keeps_all and not _LANGUAGE.fullmatch(self._said):
            first = [self._prefix + self._mark, self._prefix + self._said]
        else:
            first = [self._prefix + self._mark + self._language]
        return [*first, *self._code, self._prefix + self._mark]
