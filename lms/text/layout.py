"""The lines of a lesson or an answer as GitHub reads them.

Python-Markdown nests by four columns and knows few shapes of a fence. Authors nest by
the width of the mark, write more than a language after ``` and number with `1)`.
"""

import itertools
import re
from typing import NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from lms.text.page import Facts, Slip

_STEP = 4
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,}) *([\w#+.-]*)")
_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])(?: +(.*)|$)")
_RULE = re.compile(r"((\* *){3,}|(- *){3,}|(_ *){3,})$")
_UNDERLINE = re.compile("-+|=+")
_BOX = re.compile(r"!!! |\[\^[^\]]+\]:|: +\S")
_QUOTE = re.compile(r" *> ?")


class _Box(NamedTuple):
    """Something open that holds every line whose text begins at `offset` or later."""

    kind: str  # of a list: ul or ol; box is a note, a footnote or a definition
    offset: int


class _Fence(NamedTuple):
    """A block of code that is not closed yet."""

    line: int
    mark: str
    indent: int
    prefix: str


class LessonLines(Preprocessor):
    """Lay out one text, and note which lines are code and what nobody closed."""

    def __init__(self, md: Markdown, facts: Facts, *, keeps_all: bool = False) -> None:
        super().__init__(md)
        self.facts = facts
        self.keeps_all = keeps_all

    def run(self, lines: list[str]) -> list[str]:
        return _Layout(self.facts, lines, keeps_all=self.keeps_all).lay_out()


class _Layout:
    def __init__(
        self, facts: Facts, lines: list[str], first: int = 0, *, keeps_all: bool
    ) -> None:
        self.facts = facts
        self.lines = lines
        self.first = first  # its number in the lesson
        self.keeps_all = keeps_all  # also Russian words after ```
        self.laid: list[str] = []
        self.margin = 0  # of the first line since the last empty one
        self.boxes: list[_Box] = []
        self.fence: _Fence | None = None
        self.in_comment = False
        self.after_text = False  # the line before is text that this one may continue
        self.in_item = False  # only that text stands between this line and its mark

    def lay_out(self) -> list[str]:
        index = 0
        while index < len(self.lines):
            index += self._take(index)
        if self.fence:
            self.facts.slips.append(Slip(self.fence.line, "fence"))
            self.laid.append(self.fence.prefix + self.fence.mark)
        return self.laid

    def _take(self, index: int) -> int:
        """Lay out the next line, or a whole quote, and return how many it took."""
        number, line = self.first + index, self.lines[index]
        text = line.strip()
        if self.fence or self.in_comment:
            self.facts.hidden_lines.append(number)
        if self.fence:
            self._take_code(self.fence, line)
        elif self.in_comment:
            self.in_comment = "-->" not in line
            self._put(text)
        elif not text:
            self.laid.append("")
            self.after_text = self.in_item = False
        else:
            return self._take_block(index, line, text)
        return 1

    def _take_block(self, index: int, line: str, text: str) -> int:
        number, indent = self.first + index, len(line) - len(line.lstrip())
        # Two spaces at the end of an item's line break it.
        item = None if _RULE.match(text) else _ITEM.match(line.lstrip())
        fence = _FENCE.match(text)
        begins = bool(item or fence or _RULE.match(text) or text[0] in ">#")
        was_open = len(self.boxes)
        before = self._close(indent, lazily=self.after_text and not begins)
        further = indent - (self.boxes[-1].offset if self.boxes else 0)
        if further >= _STEP:
            self._take_far(number, text, further, begins and not item and not fence)
        elif text[0] == ">":
            return self._take_quote(index)
        elif fence:
            self._open_fence(number, fence, indent)
        elif item and self._is_item(item[1], goes_deeper=len(self.boxes) == was_open):
            if not item[2]:
                self._take_bare_mark(index, item[1], indent)
                return 1
            self._take_item(number, item, indent, before)
        elif _BOX.match(text):
            self._put(text, is_text=not text.startswith("!!!"))
            self.boxes.append(_Box("box", indent + _STEP))
        else:
            is_apart = bool(before or self.boxes) or not self._follows_text()
            if is_apart and (_RULE.match(text) or text[0] == "#"):
                self._set_apart()
            elif _UNDERLINE.fullmatch(text) and self._has_two_lines_above():
                self.facts.slips.append(Slip(number, "underline"))
            self._take_text(number, line, begins=begins and not item)
        return 1

    def _take_far(self, number: int, text: str, further: int, has_sign: bool) -> None:
        """Take what stands far to the right: code, or only more of a text above it."""
        if not self.after_text:
            self._put(" " * further + text, is_text=False)
        else:
            self._take_text(number, f"\\{text}" if has_sign else text, begins=False)

    def _follows_text(self) -> bool:
        """Whether the line before is text of the same text, not of a quote in it."""
        return self.after_text and not self.laid[-1].lstrip().startswith(">")

    def _has_two_lines_above(self) -> bool:
        """Whether GitHub makes one heading of a paragraph that is none to us."""
        above = self.laid[-2:]
        is_paragraph = self._follows_text() and not self.boxes and len(above) > 1
        return is_paragraph and bool(above[0]) and above[0].lstrip()[0] not in "#>|"

    def _close(self, indent: int, *, lazily: bool) -> str:
        """Close what a line does not belong to, and return the kind of the last."""
        closed = ""
        while self.boxes and any(
            indent < box.offset and not (lazily and box.kind != "box")
            for box in self.boxes
        ):
            closed = self.boxes.pop().kind
        return closed

    def _is_item(self, mark: str, *, goes_deeper: bool) -> bool:
        """Tell an item from a line of text: only a bullet or the number 1 breaks it."""
        is_free = not self._follows_text() or not goes_deeper
        return is_free or not mark[0].isdigit() or mark[:-1] == "1"

    def _take_item(
        self, number: int, item: re.Match[str], indent: int, before: str
    ) -> None:
        mark, text = item[1], item[2]
        kind = "ol" if mark[0].isdigit() else "ul"
        starts = not before and not (self.boxes and self.in_item)
        is_other = before in ("ol", "ul") and before != kind
        # What begins with an inner paragraph of an item would take the mark in.
        is_below_deeper = self.margin > _STEP * len(self.boxes)
        if (starts and self.after_text) or is_other or is_below_deeper:
            self._set_apart()
        if _FENCE.match(text):
            self.facts.slips.append(Slip(number, "item"))
        gap = len(item[0]) - len(mark) - len(text)
        self._put(f"{mark.replace(')', '.')} {text}")
        width = len(mark) + (gap if gap <= _STEP else 1)
        self.boxes.append(_Box(kind, indent + width))
        self.in_item = True

    def _take_bare_mark(self, index: int, mark: str, indent: int) -> None:
        """Put a mark before the words below it; one without any stays, as a slip."""
        below = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        if below.strip() and len(below) - len(below.lstrip()) > indent:
            self.lines[index + 1] = f"{' ' * indent}{mark} {below.strip()}"
        else:
            self.facts.slips.append(Slip(self.first + index, "mark"))
            self._put(mark)

    def _take_text(self, number: int, line: str, *, begins: bool) -> None:
        text = line.strip()
        if text.startswith("<!--"):
            self.facts.slips.append(Slip(number, "comment"))
            self.facts.hidden_lines.append(number)
            self.in_comment = "-->" not in text
        if not self.boxes:
            self._lay(line)
        elif self.in_item and not begins:
            strict = [n for n, box in enumerate(self.boxes, 1) if box.kind == "box"]
            self._lay(" " * _STEP * max(strict, default=0) + line.lstrip())
        else:
            self._put(line.lstrip())
        self.after_text = not begins

    def _take_quote(self, index: int) -> int:
        """Lay out what is quoted like a text of its own."""
        rest = itertools.islice(self.lines, index, None)
        quoted = [
            _QUOTE.sub("", line, count=1)
            for line in itertools.takewhile(lambda line: line.lstrip()[:1] == ">", rest)
        ]
        self._set_apart()
        first, keeps_all = self.first + index, self.keeps_all
        for line in _Layout(self.facts, quoted, first, keeps_all=keeps_all).lay_out():
            self._put(f"> {line}" if line else ">")
        return len(quoted)

    def _open_fence(self, number: int, fence: re.Match[str], indent: int) -> None:
        self._set_apart()
        prefix = " " * _STEP * len(self.boxes)
        self.fence = _Fence(number, fence[1], indent, prefix)
        self.facts.hidden_lines.append(number)
        said = fence.string[len(fence[1]) :].strip()
        if self.keeps_all and not said.isascii():
            self._put(fence[1], is_text=False)
            self.laid.append(prefix + said)
        else:
            self._put(fence[1] + fence[2], is_text=False)

    def _take_code(self, fence: _Fence, line: str) -> None:
        text = line.strip()
        if len(text) >= len(fence.mark) and not text.strip(fence.mark[0]):
            self.laid += [fence.prefix + fence.mark, ""]
            self.fence = None
            return
        cut = min(fence.indent, len(line) - len(line.lstrip()))
        self.laid.append(fence.prefix + line[cut:] if text else "")

    def _lay(self, line: str) -> None:
        if not (self.laid and self.laid[-1]):
            self.margin = len(line) - len(line.lstrip())
        self.laid.append(line)

    def _set_apart(self) -> None:
        if self.laid and self.laid[-1]:
            self.laid.append("")

    def _put(self, line: str, *, is_text: bool = True) -> None:
        self._lay(" " * _STEP * len(self.boxes) + line)
        self.after_text = is_text
        self.in_item = False
