"""What the cells of a spreadsheet say: shared texts, and numbers that are dates."""

import re
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from xml.etree.ElementTree import Element

from lms.work.previews.parts import events_of, local_name

MAX_STRINGS = 50_000
# The built-in formats of dates and times.
_DATES = {*range(14, 23), *range(45, 48)}
_DATE_LETTERS = re.compile(r"[dmyhs]", re.IGNORECASE)
_EPOCH = datetime(1899, 12, 30)


@dataclass
class SheetFacts:
    """What the cells only refer to by number."""

    strings: list[str] = field(default_factory=list)
    date_styles: set[str] = field(default_factory=set)

    def value(self, cell: Element) -> str:
        """Return what a cell shows."""
        value = next((e.text or "" for e in cell if local_name(e) == "v"), "")
        if cell.get("t") == "s" and value.isdecimal():
            number = int(value)
            return self.strings[number] if number < len(self.strings) else ""
        if value and cell.get("s") in self.date_styles:
            return _date(value)
        return value or "".join(cell.itertext())


def sheet_facts(archive: zipfile.ZipFile) -> SheetFacts:
    """Read the shared texts and the formats of a workbook."""
    names = set(archive.namelist())
    facts = SheetFacts()
    if "xl/sharedStrings.xml" in names:
        facts.strings = _shared_strings(archive)
    if "xl/styles.xml" in names:
        facts.date_styles = _date_styles(archive)
    return facts


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    strings: list[str] = []
    with archive.open("xl/sharedStrings.xml") as part:
        for event, element in events_of(part):
            if event == "end" and local_name(element) == "si":
                strings.append("".join(e.text or "" for e in element.iter()))
                element.clear()
            if len(strings) >= MAX_STRINGS:
                break
    return strings


def _date_styles(archive: zipfile.ZipFile) -> set[str]:
    formats, styles, in_cells = set(_DATES), [], False
    with archive.open("xl/styles.xml") as part:
        for event, element in events_of(part):
            name = local_name(element)
            if name == "cellXfs":
                in_cells = event == "start"
            elif event == "end" and name == "numFmt":
                if _DATE_LETTERS.search(_bare(element.get("formatCode", ""))):
                    formats.add(int(element.get("numFmtId", "0")))
            elif event == "end" and name == "xf" and in_cells:
                styles.append(int(element.get("numFmtId", "0")))
    return {str(index) for index, one in enumerate(styles) if one in formats}


def _bare(code: str) -> str:
    """Return a format without its quoted words and colours."""
    return re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", code)


def _date(value: str) -> str:
    try:
        moment = _EPOCH + timedelta(days=float(value))
    except (ValueError, OverflowError):
        return value
    has_clock = moment.hour or moment.minute
    return f"{moment:%d.%m.%Y %H:%M}" if has_clock else f"{moment:%d.%m.%Y}"
