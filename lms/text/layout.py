"""The lines of a lesson or an answer as GitHub reads them.

Python-Markdown nests by four columns and knows few shapes of a fence. Authors nest by
the width of the mark, write more than a language after ``` and number with `1)`.
"""

import re
from collections.abc import Iterable

from lms.text.boxes import Boxes
from lms.text.fence import FENCE, Fence
from lms.text.laid import Laid
from lms.text.page import Facts, Slip
from lms.text.signs import (
    BOX,
    HEADING,
    ITEM,
    QUOTE,
    RULE,
    STEP,
    UNDERLINE,
    BareMark,
    as_words,
    begins_block,
    breaks_text,
    indent_of,
)


def lay_out(facts: Facts, lines: Iterable[str], *, keeps_all: bool) -> list[str]:
    """Lay out one text, and note which lines are code and what nobody closed."""
    layout = _Layout(facts, keeps_all=keeps_all)
    for line in lines:
        layout.take(line)
    return layout.end()


class _Layout:
    def __init__(self, facts: Facts, first: int = 0, *, keeps_all: bool) -> None:
        self.facts = facts
        self.number = first - 1  # of the line in hand, as the lesson counts
        self.keeps_all = keeps_all  # also Russian words after ```
        self.laid = Laid()
        self.boxes = Boxes()
        self.fence: Fence | None = None
        self.quote: _Layout | None = None  # what is quoted is a text of its own
        self.bare: BareMark | None = None  # in the line before
        self.in_comment = False
        self.after_text = False  # the line before is text that this one may continue
        self.in_item = False  # only that text stands between this line and its mark

    def end(self) -> list[str]:
        """Close what is still open and return the lines."""
        self._end_bare_mark()
        self._end_quote()
        if self.fence:
            self.facts.slips.append(Slip(self.fence.line, "fence"))
            self._end_fence(self.fence)
        return self.laid.lines

    def take(self, line: str) -> None:
        """Lay out the next line."""
        self.number += 1
        if self.bare:
            line = self._end_bare_mark(line)
        text = line.strip()
        if self.fence or self.in_comment:
            self.facts.hidden_lines.append(self.number)
        if self.fence:
            self.fence.take(line)
            if self.fence.is_closed:
                self._end_fence(self.fence)
                self.laid.set_apart()
        elif self.in_comment:
            self.in_comment = "-->" not in line
            self._put(text)
        elif self.quote and self._belongs_to(self.quote, line, text):
            return
        elif not text:
            self._end_quote()
            self.laid.lines.append("")
            self.after_text = self.in_item = False
        else:
            self._end_quote()
            self._take_block(line, text)

    def _take_block(self, line: str, text: str) -> None:
        indent = indent_of(line)
        # Two spaces at the end of an item's line break it.
        item = None if RULE.match(text) else ITEM.match(line.lstrip())
        fence = FENCE.match(text)
        begins = begins_block(text)
        before = self.boxes.close(indent, lazily=self.after_text and not begins)
        is_free = bool(before) or not self.after_text
        further = indent - self.boxes.offset
        if further >= STEP:
            self._take_far(text, further, begins and not item and not fence)
        elif text[0] == ">":
            self._open_quote(line)
        elif fence:
            self._open_fence(fence, indent)
        # Where text goes on, an item may be no more than a year with a stop.
        elif item and (is_free or breaks_text(item[1])):
            if item[2]:
                self._take_item(item, indent, before)
            else:
                self.bare = BareMark(self.number, item[1], indent)
        elif BOX.match(text):
            self._put(text, is_text=not text.startswith("!!!"))
            self.boxes.open("box", indent + STEP)
        else:
            if (is_free or self.boxes) and (RULE.match(text) or HEADING.match(text)):
                self.laid.set_apart()
            elif self._is_underline(text):
                self.facts.slips.append(Slip(self.number, "underline"))
            self._take_text(line, begins=begins and not item)

    def _take_far(self, text: str, further: int, has_sign: bool) -> None:
        """Take what stands far to the right: code, or only more of a text above it."""
        if not self.after_text:
            self._put(" " * further + text, is_text=False)
        else:
            self._take_text(f"\\{text}" if has_sign else text, begins=False)

    def _is_underline(self, text: str) -> bool:
        """Whether GitHub makes one heading of a paragraph that is none to us."""
        is_paragraph = self.after_text and not self.boxes and self.laid.has_two_lines
        return bool(UNDERLINE.fullmatch(text)) and is_paragraph

    def _take_item(self, item: re.Match[str], indent: int, before: str) -> None:
        mark, text = item[1], item[2]
        kind = "ol" if mark[0].isdigit() else "ul"
        starts = not before and not (self.boxes and self.in_item)
        is_other = before in ("ol", "ul") and before != kind
        # What begins with an inner paragraph of an item would take the mark in.
        is_below_deeper = self.laid.margin > self.boxes.margin
        if (starts and self.after_text) or is_other or is_below_deeper:
            self.laid.set_apart()
        if FENCE.match(text):
            self.facts.slips.append(Slip(self.number, "item"))
        gap = len(item[0]) - len(mark) - len(text)
        self._put(f"{mark.replace(')', '.')} {text}")
        width = len(mark) + (gap if gap <= STEP else 1)
        self.boxes.open(kind, indent + width)
        self.in_item = True

    def _end_bare_mark(self, below: str = "") -> str:
        """Put a mark before the words below it; one without any stays, as a slip."""
        bare, self.bare = self.bare, None
        if bare is None:
            return below
        if below.strip() and indent_of(below) > bare.indent + len(bare.mark):
            return f"{' ' * bare.indent}{bare.mark} {below.strip()}"
        self.facts.slips.append(Slip(bare.line, "mark"))
        self._put(bare.mark)
        return below

    def _take_text(self, line: str, *, begins: bool) -> None:
        text = line.strip()
        if text.startswith("<!--"):
            self.facts.slips.append(Slip(self.number, "comment"))
            self.facts.hidden_lines.append(self.number)
            self.in_comment = "-->" not in text
        if not self.boxes:
            self.laid.lay(line)
        elif self.in_item and not begins:
            self.laid.lay(" " * self.boxes.strict_margin + line.lstrip())
        else:
            self._put(line.lstrip())
        self.after_text = not begins

    def _open_quote(self, line: str) -> None:
        self.laid.set_apart()
        self.quote = _Layout(self.facts, self.number, keeps_all=self.keeps_all)
        self.quote.take(QUOTE.sub("", line, count=1))

    def _end_quote(self) -> None:
        """Lay out what was quoted, so that nothing below is taken for more of it."""
        quote, self.quote = self.quote, None
        if quote:
            for line in quote.end():
                self._put(f"> {line}" if line else ">")
            self.laid.set_apart()
            self.after_text = False

    def _belongs_to(self, quote: "_Layout", line: str, text: str) -> bool:
        """Give a quote its next line, or one without a sign that goes on with it."""
        indent = indent_of(line)
        offset = self.boxes.offset_at(indent)
        is_far = indent - offset >= STEP
        is_within = offset == self.boxes.offset
        if text.startswith(">") and is_within and not is_far:
            quote.take(QUOTE.sub("", line, count=1))
            return True
        is_held = not self.boxes.refuses(indent)
        is_lazy = bool(text) and is_held and (is_far or not begins_block(text))
        if is_lazy and quote.is_open:
            quote.take_lazily(line.lstrip())
            return True
        return False

    @property
    def is_open(self) -> bool:
        """Whether the text ends with a paragraph that a lazy line may continue."""
        if self.quote:
            return self.quote.is_open
        if not self.after_text or self.bare or self.fence or self.in_comment:
            return False
        return not self.laid.is_table

    def take_lazily(self, text: str) -> None:
        """Continue the paragraph with a line that looks as if it were outside."""
        self.number += 1
        if self.quote:
            self.quote.take_lazily(text)
            return
        text = text if self.keeps_all and text[0] == "=" else as_words(text)
        self._take_text(text, begins=False)

    def _open_fence(self, found: re.Match[str], indent: int) -> None:
        self.laid.set_apart()
        prefix = " " * self.boxes.margin
        self.fence = Fence(self.number, found, indent=indent, prefix=prefix)
        self.facts.hidden_lines.append(self.number)

    def _end_fence(self, fence: Fence) -> None:
        self.fence = None
        first, *others = fence.lines(keeps_all=self.keeps_all)
        self.laid.lay(first)
        self.laid.lines += others
        self.after_text = self.in_item = False

    def _put(self, line: str, *, is_text: bool = True) -> None:
        self.laid.lay(" " * self.boxes.margin + line)
        self.after_text = is_text
        self.in_item = False
