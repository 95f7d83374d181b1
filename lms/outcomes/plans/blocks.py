"""From the sanitised HTML of an answer to blocks that Word and PDF can be made of."""

from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

from lms.core.fields import printable

Block = dict[str, Any]
Run = dict[str, Any]

MARKS = {"strong": "bold", "em": "italic", "code": "code"}
HEADINGS = {"h2", "h3", "h4", "h5", "h6"}
CELLS = {"td", "th"}
# As many levels as Word has; the maker of PDF gives up at about thirty.
MAX_DEPTH = 9


def blocks_of(html: str) -> list[Block]:
    """Return the paragraphs, lists, quotes and tables of a fragment, in order.

    A block is plain data: {"kind": "text" | "heading" | "list" | "quote" | "table" |
    "code", …}; its words are runs {"text", "bold", "italic", "code", "link"}.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _shallow(reader.finish(), MAX_DEPTH)


def _shallow(blocks: Sequence[Block], room: int) -> list[Block]:
    """Take what is nested deeper than paper is wide out of its lists and quotes."""
    shallow: list[Block] = []
    for block in blocks:
        inner = [*block.get("items", []), block.get("blocks", [])]
        *items, quoted = [_shallow(one, room - 1) for one in inner]
        if block["kind"] not in {"list", "quote"}:
            shallow.append(block)
        elif room <= 0:
            shallow += [one for group in (*items, quoted) for one in group]
        elif block["kind"] == "list":
            shallow.append(block | {"items": items})
        else:
            shallow.append(block | {"blocks": quoted})
    return shallow


class _Reader(HTMLParser):
    """Builds blocks on a stack of containers that are still open."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self.containers: list[list[Block]] = [self.blocks]
        self.runs: list[Run] = []
        self.marks: list[str] = []
        self.links: list[str] = []
        self.tables: list[Block] = []

    def finish(self) -> list[Block]:
        self._end_text()
        return self.blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in MARKS:
            self.marks.append(MARKS[tag])
        elif tag == "a":
            self.links.append(printable(dict(attrs).get("href") or ""))
        elif tag == "br":
            self.runs.append({"text": "\n"})
        elif tag in {"ul", "ol"}:
            start = int(dict(attrs).get("start") or 1)
            block = {"kind": "list", "ordered": tag == "ol", "start": start}
            self._open(block | {"items": []})
        elif tag == "li":
            self._end_text()
            items = self.containers[-1][-1]["items"] if self.containers[-1] else []
            items.append([])
            self.containers.append(items[-1])
        elif tag == "blockquote":
            quote: Block = {"kind": "quote", "blocks": []}
            self._open(quote)
            self.containers.append(quote["blocks"])
        elif tag == "table":
            self._open({"kind": "table", "rows": []})
            self.tables.append(self.containers[-1][-1])
        elif tag == "tr" and self.tables:
            self.tables[-1]["rows"].append([])
        else:
            self._end_text()

    def handle_endtag(self, tag: str) -> None:
        if tag in MARKS and self.marks:
            self.marks.pop()
        elif tag == "a" and self.links:
            self.links.pop()
        elif tag in {"li", "blockquote"}:
            self._end_text()
            self.containers.pop()
        elif tag in CELLS and self.tables:
            self.tables[-1]["rows"][-1].append(self.runs)
            self.runs = []
        elif tag == "table" and self.tables:
            self.tables.pop()
        elif tag in HEADINGS:
            self._end_text("heading")
        elif tag == "pre":
            self._end_text("code")
        elif tag in {"p", "ul", "ol"}:
            self._end_text()

    def handle_data(self, data: str) -> None:
        data, inside_code = printable(data), "code" in self.marks
        text = data if inside_code else " ".join(data.replace("\n", " ").split(" "))
        if not text.strip() and not self.runs:
            return
        run: Run = {"text": text} | dict.fromkeys(self.marks, True)
        if self.links and self.links[-1]:
            run["link"] = self.links[-1]
        self.runs.append(run)

    def _open(self, block: Block) -> None:
        self._end_text()
        self.containers[-1].append(block)

    def _end_text(self, kind: str = "text") -> None:
        while self.runs and not self.runs[-1]["text"].strip():
            self.runs.pop()
        if self.runs:
            self.containers[-1].append({"kind": kind, "runs": self.runs})
        self.runs = []
