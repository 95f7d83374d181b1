"""What an author's Markdown has to keep to, and where it does not."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from lms.course.content.frontmatter import Source
from lms.course.content.habits import (
    GLUED,
    ROWLESS,
    SLIPS,
    UNSEEN,
    WIDE,
    foreign_habits,
    glued_lines,
    lost_definitions,
    misnamed_footnotes,
    repeated_footnotes,
    slips_of,
    tables_without_rows,
    unused_footnotes,
)
from lms.course.content.problems import Problems, did_you_mean
from lms.course.content.targets import link_complaint, picture_complaint
from lms.text.conventions import HEADING_ID, NOTES, PAGE_IDS
from lms.text.page import Page

_TABLE_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?\|?\s*")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]{1,100}\]")
_NUMBERED = re.compile(r"\d+[.)]\s")
_CODE = re.compile(r"(?s)<code>.*?</code>")
_MOST = 50  # mistakes in links; nobody reads so many at once
_ID = re.compile(r' id="([^"]+)"')
_TITLE = re.compile(r'<h\d[^>]* id="([^"]+)"[^>]*>([^<]+)<')


class Proofreader:
    """Reads one rendered text beside its source and reports every mistake."""

    def __init__(
        self, source: Source, text: str, line: int, page: Page, problems: Problems
    ) -> None:
        self.source = source
        self.text = text
        self.start = line
        self.html = _CODE.sub("", page.html)
        self.facts = page.facts
        self.problems = problems
        self._last_lines: dict[str, int] = {}

    def check_all(self, files: Collection[str], slugs: Collection[str]) -> None:
        """Apply every rule that does not depend on what the text is for."""
        self.check_raw_html()
        self.check_links(files, slugs)
        self.check_pictures(files)
        self.check_notes()
        self.check_blocks()
        self.check_habits()

    def check_headings(self) -> None:
        """Headings start below the title of the page and skip no level."""
        level = 1
        for heading in self.facts.headings:
            marks = "#" * heading.level
            line = self._line_of(f"{marks} {heading.text}", heading.text)
            if heading.level == 1:
                self._error(line, "заголовок с одной #: начните с ##, название — выше")
            elif heading.level > level + 1:
                self._error(
                    line,
                    f"после уровня {'#' * level} сразу {marks}: пропущен уровень "
                    f"{'#' * (level + 1)}",
                )
            if "{" in heading.text and not HEADING_ID.search(heading.text):
                self._error(line, "свой адрес заголовка пишут так: {#kogo-zvat}")
            if _NUMBERED.match(heading.text):
                self._warning(line, "уберите номер: разделы нумерует сайт")
            level = max(heading.level, 2) if heading.level > 1 else level
        ids = Counter(_ID.findall(self.html))
        for name, times in ids.items():
            if times > 1 or name in PAGE_IDS:
                words = [w for own, w in _TITLE.findall(self.html) if own == name]
                line = self._line_of(f"{{#{name}}}", *words)
                self._error(line, f"адрес {{#{name}}} уже занят: выберите другой")

    def check_no_headings(self) -> None:
        """Some texts stand inside a page where a heading would break its order."""
        for heading in self.facts.headings:
            line = self._line_of(heading.text)
            self._error(line, "здесь не может быть заголовка: уберите знаки #")

    def check_raw_html(self) -> None:
        """HTML would be shown as text."""
        for tag in self.facts.raw_html:
            line = self._line_of(tag.partition("\n")[0])
            if tag.startswith("<!--"):
                self._error(line, SLIPS["comment"])
                continue
            shown = " ".join(tag.split())
            self._error(
                line,
                f"HTML не работает: вместо {shown} используйте Markdown, "
                "а знак «меньше» пишите \\<",
            )

    def check_links(self, files: Collection[str], slugs: Collection[str]) -> None:
        """Every link leads to something that exists and is safe."""
        ids = set(_ID.findall(self.html))
        found = 0
        for link in self.facts.links:
            line = self._line_of(f"({link.target}", link.target, f"[{link.text}]")
            complaint = link_complaint(link.target, files, slugs, ids)
            if not complaint and not link.text:
                complaint = f"у ссылки на {link.target} нет текста"
            found += bool(complaint)
            if found > _MOST:
                complaint = f"ошибок в ссылках больше {_MOST}: начните с тех, что выше"
            if complaint:
                self._error(line, complaint)
            if found > _MOST:
                return

    def check_pictures(self, files: Collection[str]) -> None:
        """Every picture exists, is described and stands alone."""
        for picture in self.facts.pictures:
            line = self._line_of(f"({picture.target}", picture.target)
            if complaint := picture_complaint(picture, files):
                self._error(line, complaint)
            if picture.in_link:
                self._error(
                    line, "картинка не бывает ссылкой: дайте ссылку строкой ниже"
                )
            if not picture.alternative.strip():
                self._error(
                    line,
                    "у картинки нет описания: напишите в квадратных скобках, "
                    "что на ней сказано",
                )
            if not picture.alone and not picture.in_link:
                self._error(line, "картинка стоит на отдельной строке, без текста")

    def check_notes(self) -> None:
        """Coloured boxes are of a known kind and not empty."""
        for note in self.facts.notes:
            line = self._line_of(f"!!! {note.kind}", "!!!")
            if note.kind not in NOTES:
                hint = did_you_mean(note.kind, list(NOTES))
                self._error(line, f"неизвестная врезка «!!! {note.kind}». {hint}")
            elif note.is_empty:
                self._error(line, "врезка пуста: сдвиньте её текст на 4 пробела")
        for _leftover in re.findall(r"(?m)^(?:<p>)?!!!", self.html):
            line = self._line_of("!!!")
            self._error(line, 'врезка не понята: пишите «!!! tip "Заголовок"»')

    def check_habits(self) -> None:
        """What is written as elsewhere does not silently become something else."""
        for index, complaint in slips_of(self.facts):
            self._error(self.start + index, complaint)
        lines = list(self._lines_outside_code())
        for number, is_error, cure in foreign_habits(lines):
            (self._error if is_error else self._warning)(number, cure)
        for number, note in repeated_footnotes(lines):
            self._error(number, f"сноска {note} уже написана выше: дайте другой номер")
        for number, note in unused_footnotes(lines):
            self._warning(number, f"сноска {note} не стоит нигде в тексте")
        for number, definition in lost_definitions(self.facts, lines):
            if definition.is_repeated:
                self._error(number, f"{definition.mark}: это уже написано выше")
            else:
                self._warning(number, f"{definition.mark}: {UNSEEN}")
        for number, note in misnamed_footnotes(lines):
            self._error(number, f"сноска {note}: в имени буквы, цифры и дефис")
        for number in glued_lines(lines):
            self._warning(number, GLUED)
        for row in self.facts.wide_rows:
            self._warning(self._line_of(row), WIDE)
        for number in tables_without_rows(lines):
            self._warning(number, ROWLESS)

    def check_blocks(self) -> None:
        """Tables and footnotes became what they look like."""
        for mark in _FOOTNOTE.findall(self.html):
            line = self._line_of(mark)
            self._error(
                line, f"у сноски {mark} нет текста: добавьте строку «{mark}: …»"
            )
        rules = 0
        for _, row in self._lines_outside_code():
            rules += "|" in row and _TABLE_RULE.fullmatch(row) is not None
        if rules > self.html.count("<table>"):
            self._error(
                self._line_of("|-", "| -", "|:-"),
                "таблица не получилась: перед ней нужна пустая строка, "
                "а в шапке столько же столбцов, сколько в черте под ней",
            )

    def _lines_outside_code(self) -> Iterator[tuple[int, str]]:
        hidden = set(self.facts.hidden_lines)
        for index, line in enumerate(self.text.split("\n")):
            if index not in hidden:
                yield self.start + index, line

    def _line_of(self, *needles: str) -> int:
        """Find where a piece of the page was written; each next time look further."""
        for needle in filter(None, needles):
            begin = self._last_lines.get(needle, self.start - 1) + 1
            if line := self.source.find(needle, begin=begin):
                self._last_lines[needle] = line
                return line
            if needle in self._last_lines:
                return self._last_lines[needle]
        return self.start

    def _error(self, line: int, message: str) -> None:
        self.problems.error(self.source.path, line, message)

    def _warning(self, line: int, message: str) -> None:
        self.problems.warning(self.source.path, line, message)
