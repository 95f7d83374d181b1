"""A Markdown file with front matter, and where each of its words stands."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, cast

import yaml

from lms.course.content.problems import Problems
from lms.course.content.unseen import report_unseen
from lms.course.content.yaml_nodes import compose, line_of_part

MAX_TEXT = 200 * 1024

Path = tuple[str | int, ...]

_FENCE = "---"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029]")
_WHOLE = re.compile(r"[-+]?\d{1,9}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Source:
    """One text file of the course: front matter, if it is readable, and body."""

    path: str
    lines: list[str]
    front_matter: dict[str, Any] | None = None
    places: dict[Path, int] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1

    @cached_property
    def text(self) -> str:
        """The whole file, to be searched."""
        return "\n".join(self.lines)

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text each line begins."""
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def find(self, words: str, *, begin: int) -> int | None:
        """Return the first line with these words, from one on or below it."""
        place = self.text.find(words, self.starts[min(begin, len(self.lines)) - 1])
        return None if place < 0 else bisect_right(self.starts, place)

    def line_of(self, place: Path) -> int:
        """Return the line of a key, or of the nearest thing that holds it."""
        while place and place not in self.places:
            place = place[:-1]
        return self.places.get(place, 1)


def read_source(path: str, raw: bytes, problems: Problems) -> Source | None:
    """Take a file apart; there is no source without two lines of `---`."""
    text = _decode(path, raw, problems)
    if text is None:
        return None
    lines = text.split("\n")
    fences = [n for n, line in enumerate(lines) if line.rstrip() == _FENCE][:2]
    if not fences or fences[0] != 0:
        problems.error(path, 1, "файл начинается со строки «---» и ключей под ней")
        return None
    if len(fences) < 2:
        problems.error(path, 1, "после ключей нужна вторая строка «---»")
        return None
    end = fences[1]
    body_line = min(end + 2, len(lines))
    source = Source(path, lines, body="\n".join(lines[end + 1 :]), body_line=body_line)
    node, complaint, line = compose("\n".join(lines[1:end]))
    if isinstance(node, yaml.MappingNode):
        source.front_matter = _Reader(source, problems).value(node, ())
    else:
        complaint = complaint or "между строками «---» нужны ключи: «title: …»"
        problems.error(path, line, complaint)
    return source


def _decode(path: str, raw: bytes, problems: Problems) -> str | None:
    if len(raw) > MAX_TEXT:
        problems.error(path, 0, "текст больше 200 КБ: разделите его или сократите")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = raw[error.start]
        problems.error(
            path,
            line,
            f"байт {error.start + 1} (0x{byte:02X}) не похож на UTF-8: "
            "сохраните файл в кодировке UTF-8",
        )
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if odd := _CONTROL.search(text):
        line = text.count("\n", 0, odd.start()) + 1
        problems.error(path, line, "невидимый управляющий знак: удалите его")
        return None
    report_unseen(path, text, problems)
    return text


class _Reader:
    """Turns nodes into plain values and writes down the line of each."""

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems

    def value(self, node: yaml.Node, place: Path) -> Any:
        self.source.places.setdefault(place, line_of_part(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [
                self.value(item, (*place, number))
                for number, item in enumerate(node.value)
            ]
        # What is left is a word: a text with aliases is refused before.
        return _scalar(cast(yaml.ScalarNode, node))

    def _mapping(self, node: yaml.MappingNode, place: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = line_of_part(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.problems.error(self.source.path, line, "ключ — это одно слово")
                continue
            key = key_node.value
            if key in found:
                first = self.source.places[(*place, key)]
                self.problems.error(
                    self.source.path,
                    line,
                    f"ключ «{key}» уже есть в строке {first}: оставьте один",
                )
                continue
            self.source.places[(*place, key)] = line
            found[key] = self.value(value_node, (*place, key))
        return found


def _scalar(node: yaml.ScalarNode) -> str | int | bool | None:
    """Read a word as YAML 1.2 does: «да», «yes» and «12:30» are words."""
    text = str(node.value)
    if node.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text
