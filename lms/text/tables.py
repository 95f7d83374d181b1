"""Tables whose rows have more cells than their head."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.tables import TableProcessor

from lms.text.page import Facts


class Tables(TableProcessor):
    """Notes the rows whose last cells would be lost, or `keeps_all` of their words."""

    def __init__(self, md: Markdown, facts: Facts, *, keeps_all: bool = False) -> None:
        super().__init__(md.parser, {"use_align_attribute": True})
        self.facts = facts
        self.keeps_all = keeps_all

    def _build_row(
        self, row: str, parent: Element, align: Sequence[str | None]
    ) -> None:
        cells = self._split_row(row)  # type: ignore[attr-defined]
        if len(cells) > len(align):
            self.facts.wide_rows.append(row.strip())
            if self.keeps_all:
                last = r" \| ".join(cell.strip() for cell in cells[len(align) - 1 :])
                row = "|".join([*cells[: len(align) - 1], last])
                row = f"|{row}|" if self.border else row
        super()._build_row(row, parent, align)  # type: ignore[misc]
