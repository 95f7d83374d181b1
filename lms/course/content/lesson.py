"""`lesson.md`: what a team reads."""

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field

from lms.course.content.checks import without_checks
from lms.course.content.inspection import Inspection
from lms.course.content.schema import FrontMatter, Mistake, read_front_matter, up_to
from lms.text.conventions import CLOSING_SECTIONS
from lms.text.stored import plain_text


class LessonFrontMatter(FrontMatter):
    """What an author says about a lesson."""

    title: Annotated[str, up_to(90)]
    short_title: Annotated[str, up_to(28)] | None = None
    summary: Annotated[str, up_to(300)]
    minutes: Annotated[int, Field(ge=1, le=120)]
    outcomes: Annotated[
        list[Annotated[str, up_to(200)]], Field(min_length=2, max_length=6)
    ]


class TocEntry(BaseModel):
    """One heading in the table of contents."""

    id: str
    title: str
    children: "list[TocEntry]"


class Document(BaseModel):
    """A file to download: its size is in bytes."""

    path: str
    title: str
    size: int


class Lesson(LessonFrontMatter):
    """A lesson as it is stored and shown."""

    html: str
    toc: list[TocEntry]
    plain_text: str


def read_lesson(inspection: Inspection) -> Lesson | None:
    """Read and check `lesson.md`."""
    source = inspection.source("lesson.md")
    if source is None:
        return None
    declared = read_front_matter(
        LessonFrontMatter, _mistakes, source, inspection.problems
    )
    page = inspection.page(source, source.body, source.body_line)
    titles = {heading.text for heading in page.facts.headings if heading.level == 2}
    for title in CLOSING_SECTIONS:
        if title not in titles and not inspection.has_unread:
            inspection.problems.warning(
                source.path, 0, f"нет раздела «## {title}»: добавьте его в конец"
            )
    if declared is None:
        return None
    return Lesson(
        **declared.model_dump(),
        html=page.html,
        toc=[TocEntry.model_validate(entry) for entry in page.toc],
        plain_text=plain_text(without_checks(page.html)),
    )


def list_documents(inspection: Inspection) -> list[Document]:
    """Return the documents that the texts read so far offer to download.

    A document is called as its first link calls it, in the title if there is one:
    `[карту запросов](media/karta.docx "Карта запросов")`.
    """
    documents = []
    for path, words in inspection.linked.items():
        if path in inspection.media and not inspection.media[path].is_picture:
            title = words.strip("«» ")
            title = title[:1].upper() + title[1:]
            size = len(inspection.files[path])
            documents.append(Document(path=path, title=title, size=size))
    return documents


def _mistakes(declared: dict[str, Any]) -> Iterator[Mistake]:
    """Outcomes continue the sentence «После занятия команда сможет…»."""
    listed = declared.get("outcomes")
    outcomes = listed if isinstance(listed, list) else []
    for number, outcome in enumerate(outcomes):
        place = ("outcomes", number)
        text = str(outcome)
        if text[:1].isupper() or text.endswith((".", ";")):
            yield (
                place,
                "«После занятия команда сможет…» — продолжите с маленькой буквы, "
                "без точки в конце",
            )
        if outcome in outcomes[:number]:
            yield place, "этот результат уже есть выше: уберите повтор"
