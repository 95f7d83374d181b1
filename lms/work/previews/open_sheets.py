"""The cells of a spreadsheet of LibreOffice (ods), as they are shown.

Each cell holds its text beside its number, so no format is needed.
"""

from xml.etree.ElementTree import Element

from lms.work.previews.excerpt import Block, Row, Writer, without_empty_end
from lms.work.previews.left_out import HIDDEN_COLUMNS, HIDDEN_LINES, HIDDEN_SHEETS
from lms.work.previews.number_formats import shown
from lms.work.previews.parts import TABLES, Reader, repeated, told


class SheetReader(Reader):
    """Turns sheets into tables, without the lines, columns and sheets that are hidden.

    Only the last sheet says how many lines there are: the others end with empty ones.
    """

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer)
        self._styles_of_hidden_sheets: set[str] = set()
        self._is_sheet_hidden = False
        self._hidden_columns: list[bool] = []

    def _start(self, name: str, element: Element) -> None:
        super()._start(name, element)
        if name == "table-properties" and told(element, "display") == "false":
            self._styles_of_hidden_sheets.add(self._style)
        elif name in TABLES and self._depth == 1:
            self._hidden_columns = []
            style = told(element, "style-name")
            self._is_sheet_hidden = style in self._styles_of_hidden_sheets
        elif name == "table-column":
            times = repeated(element, "number-columns-repeated")
            self._hidden_columns += [_is_hidden(element)] * times

    def _shown(self, cell: Element, paragraphs: Row) -> str:
        """Return the text of a cell; some programs store nothing but its number."""
        number = told(cell, "value")
        if paragraphs or not number:
            return super()._shown(cell, paragraphs)
        return shown(float(number))

    def _write_row(self, element: Element, table: Block, row: Row) -> None:
        if not any(row):
            return
        if self._is_sheet_hidden:
            self._writer.leave_out(HIDDEN_SHEETS)
        elif _is_hidden(element):
            self._writer.leave_out(HIDDEN_LINES)
        else:
            seen = self._seen(row)
            for _ in range(repeated(element, "number-rows-repeated")):
                self._writer.write_row(table, seen)

    def _seen(self, row: Row) -> Row:
        """Return the cells of a row whose columns are not hidden."""
        seen = []
        for column, text in enumerate(row):
            if not self._is_column_hidden(column):
                seen.append(text)
            elif text:
                self._writer.leave_out(HIDDEN_COLUMNS)
        return without_empty_end(seen)

    def _is_column_hidden(self, column: int) -> bool:
        return column < len(self._hidden_columns) and self._hidden_columns[column]


def _is_hidden(element: Element) -> bool:
    """Tell whether a line or a column is hidden, by hand or by a filter."""
    return told(element, "visibility") in {"collapse", "filter"}
