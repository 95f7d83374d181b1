"""`diagnostics.md`: pairs of equal questions, one asked at entry and one at exit."""

import re
import textwrap
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict

from lms.course.content.frontmatter import Source
from lms.course.content.inspection import Inspection
from lms.course.content.problems import did_you_mean
from lms.course.content.questions import (
    Line,
    RawQuestion,
    check_question,
    numbered,
    split_questions,
)
from lms.course.content.schema import FrontMatter, no_rules, read_front_matter, up_to
from lms.course.content.taught import Asked, Taught

Form = Literal["a", "b"]
LETTERS: dict[Form, str] = {"a": "А", "b": "Б"}

_PAIR = re.compile(r"##(?!#)\s*(.*)")
_PAIR_TITLE = re.compile(r"([a-z0-9-]+)\s*:\s*(.+)")
_TITLE = re.compile(r"([АAБBВ])[.)]\s*(.+)")
# Latin «A» and «B» and Cyrillic «В» look like letters of a form and mean one.
_FORMS: dict[str, Form] = {"А": "a", "A": "a", "Б": "b", "B": "b", "В": "b"}


class Item(BaseModel):
    """One question of one form; texts are HTML, `correct` counts options from 0."""

    model_config = ConfigDict(frozen=True)

    key: str
    form: Form
    module_slug: str
    outcome: str
    text: str
    situation: str
    options: tuple[str, ...]
    correct: int
    reason: str


class DiagnosticsFrontMatter(FrontMatter):
    """What an author says about the diagnostics."""

    title: Annotated[str, up_to(90)]


class Diagnostics(DiagnosticsFrontMatter):
    """Both forms as they are stored and shown."""

    items: tuple[Item, ...]

    def form(self, form: Form) -> list[Item]:
        """Return the questions of one form, in the order of the file."""
        return [item for item in self.items if item.form == form]


@dataclass
class _Pair:
    """Two questions about one outcome, as they are written."""

    line: int
    title: str
    lines: list[Line]
    slug: str = ""
    outcome: str = ""


def read_diagnostics(
    inspection: Inspection, taught: Collection[Taught]
) -> Diagnostics | None:
    """Read `diagnostics.md` and check it against the modules of the course."""
    source = inspection.source("diagnostics.md")
    if source is None:
        return None
    declared = read_front_matter(
        DiagnosticsFrontMatter, no_rules, source, inspection.problems
    )
    reader = _Reader(source, inspection, {module.slug: module for module in taught})
    items = tuple(reader.items())
    return Diagnostics(title=declared.title, items=items) if declared else None


class _Reader:
    """Goes through the pairs and reports everything on the way."""

    def __init__(
        self, source: Source, inspection: Inspection, taught: dict[str, Taught]
    ) -> None:
        self._source = source
        self._inspection = inspection
        self._taught = taught
        self._asked = Asked(taught.values())
        self._pairs_of: dict[str, int] = {}

    def items(self) -> Iterator[Item]:
        for pair in self._pairs():
            self._place(pair)
            number = self._pairs_of[pair.slug] = self._pairs_of.get(pair.slug, 0) + 1
            found = self._questions(pair)
            for form, raw in found.items():
                yield self._item(f"{pair.slug}-{number}-{form}", form, pair, raw)
        for slug, module in self._taught.items():
            if module.is_required and slug not in self._pairs_of:
                self._error(
                    self._source.body_line,
                    f"нет ни одной пары обязательного занятия «{slug}»: допишите "
                    f"«## {slug}: результат» и под ним вопросы А и Б",
                )

    def _pairs(self) -> list[_Pair]:
        pairs: list[_Pair] = []
        for number, line in numbered(self._source):
            if heading := _PAIR.fullmatch(line.rstrip()):
                pairs.append(_Pair(number, heading[1], []))
            elif pairs:
                pairs[-1].lines.append((number, line))
            elif line.strip():
                self._error(number, "перед первой парой «## …» текста не бывает")
        return pairs

    def _place(self, pair: _Pair) -> None:
        """Find the module and the outcome that a pair checks."""
        title = _PAIR_TITLE.fullmatch(pair.title)
        if title is None:
            self._error(pair.line, "пару называют «## занятие: результат занятия»")
            return
        pair.slug, pair.outcome = title[1], title[2]
        module = self._taught.get(pair.slug)
        if module is None:
            hint = did_you_mean(pair.slug, self._taught)
            self._error(pair.line, f"нет занятия «{pair.slug}». {hint}")
        elif pair.outcome not in module.outcomes:
            self._error(pair.line, self._no_outcome(module, pair.outcome))

    def _no_outcome(self, module: Taught, outcome: str) -> str:
        for other in self._taught.values():
            if outcome in other.outcomes:
                return f"это результат занятия «{other.slug}»: назовите пару им"
        hint = did_you_mean(outcome, module.outcomes)
        return f"у занятия «{module.slug}» нет такого результата. {hint}"

    def _questions(self, pair: _Pair) -> dict[Form, RawQuestion]:
        """Return the question of each form; a pair has one of each."""
        found: dict[Form, RawQuestion] = {}
        for raw in split_questions(
            pair.lines, self._source, self._inspection, sign="###"
        ):
            title = _TITLE.fullmatch(raw.title)
            if title is None:
                start = "вопрос начинают с буквы формы: «### А. …» или «### Б. …»"
                self._error(raw.line, start)
                continue
            form, raw.title = _FORMS[title[1]], title[2]
            if form in found:
                again = f"вопрос {LETTERS[form]} в этой паре уже есть: уберите один"
                self._error(raw.line, again)
            found.setdefault(form, raw)
            self._check(raw)
        for form in LETTERS.keys() - found.keys():
            letter = LETTERS[form]
            message = f"в паре нет вопроса {letter}: допишите «### {letter}. …»"
            self._error(pair.line, message)
        if len({len(raw.options) for raw in found.values()}) > 1:
            message = "вариантов в А и Б не поровну: в одной форме угадать легче"
            self._error(pair.line, message)
        return found

    def _check(self, raw: RawQuestion) -> None:
        check_question(raw, self._source, self._inspection)
        rights = sum(option.is_right for option in raw.options)
        if 1 < rights < len(raw.options):
            message = f"верных ответов {rights}, а в диагностике он один"
            self._error(raw.line, message)
        for option in raw.options:
            if option.is_right and not option.is_explained:
                message = "строкой ниже, с отступом в два пробела, напишите, почему"
                self._error(option.line, f"верный ответ без причины: {message}")
            elif option.is_explained and not option.is_right:
                message = "причину пишут только под верным ответом: уберите её"
                self._error(option.line, message)
        options = [option.text for option in raw.options]
        if place := self._asked.place_of(raw.title, options):
            self._error(raw.line, f"это уже спрашивает {place}: спросите о другом")
        self._asked.remember(raw.title, options, f"вопрос в строке {raw.line}")

    def _item(self, key: str, form: Form, pair: _Pair, raw: RawQuestion) -> Item:
        right = next((o for o in raw.options if o.is_right), None)
        reason = textwrap.dedent("\n".join(right.explanation)).strip() if right else ""
        return Item(
            key=key,
            form=form,
            module_slug=pair.slug,
            outcome=pair.outcome,
            text=self._inline(raw.title, raw.line),
            situation=self._page("\n".join(raw.situation), raw.line + 1),
            options=tuple(self._inline(o.text, o.line) for o in raw.options),
            correct=raw.options.index(right) if right else 0,
            reason=self._page(reason, right.line + 1 if right else raw.line),
        )

    def _inline(self, text: str, line: int) -> str:
        return self._inspection.inline(self._source, text, line)

    def _page(self, text: str, line: int) -> str:
        page = self._inspection.page(self._source, text, line, headings=False)
        return page.html

    def _error(self, line: int, message: str) -> None:
        self._inspection.problems.error(self._source.path, line, message)
