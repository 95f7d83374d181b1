"""Code between two marks: ```."""

import re

FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,}) *([\w#+.-]*)")
# What nobody misses where it stands beside the mark.
_LANGUAGES = frozenset(
    (
        *("bash", "c", "c#", "c++", "cpp", "css", "csv", "go", "html", "java"),
        *("javascript", "js", "json", "kotlin", "markdown", "md", "pascal", "php"),
        *("python", "ruby", "rust", "sh", "sql", "text", "ts", "txt", "xml", "yaml"),
    )
)


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
        is_code = self.is_closed and bool(self._code)
        is_language = not self._said or (is_code and self._said in _LANGUAGES)
        if keeps_all and not is_language:
            first = [self._prefix + self._mark, self._prefix + self._said]
        else:
            first = [self._prefix + self._mark + self._language]
        return [*first, *self._code, self._prefix + self._mark]
