"""One module on its way from files to content, and the rules for all its texts."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from lms.core.sandbox import BusyError, LateError, Sandbox, TangledError
from lms.course.content.frontmatter import Source, read_source
from lms.course.content.media import check_media
from lms.course.content.problems import Problems
from lms.course.content.prose import Proofreader
from lms.text.limits import render_within
from lms.text.page import Facts, Page

_NOTHING = Page("", [], Facts())
_BUSY = "сайт сейчас проверяет другие тексты: повторите через минуту"
_TANGLED = (
    "текст не удалось разобрать: уберите длинные ряды скобок и звёздочек "
    "и глубокие вложения"
)
# The clock alone ended it, so a busy machine may be to blame.
_LATE = (
    "текст не успели разобрать: повторите через минуту, а если не поможет — "
    "уберите длинные ряды скобок и звёздочек и глубокие вложения"
)


@dataclass(frozen=True)
class Surroundings:
    """The site that a module will stand on, and its patience with all the texts."""

    media_url: Callable[[str], str]
    module_url: Callable[[str], str]
    slugs: Collection[str]
    seconds: float


class Inspection:
    """The files of one module, what was found in them and what refers to what."""

    def __init__(
        self,
        folder: str,
        files: Mapping[str, bytes],
        surroundings: Surroundings,
        sandbox: Sandbox,
    ) -> None:
        self.folder = folder
        self.files = files
        self.problems = Problems()
        self.media = check_media(folder, files, self.problems)
        self.linked: dict[str, str] = {}
        # Some text was not read, so what is in it and what is not is unknown.
        self.has_unread = False
        self._sandbox = sandbox
        self._ends_at = time.monotonic() + surroundings.seconds
        self._began = time.thread_time()
        self._is_late = False
        self._slugs = surroundings.slugs
        self._links = {
            slug: surroundings.module_url(slug) for slug in surroundings.slugs
        } | {path: surroundings.media_url(path) for path in self.media}
        self._sizes = {m.path: m.size for m in self.media.values() if m.size}

    def source(self, name: str) -> Source | None:
        """Open one of the texts of the module, if it is there and readable."""
        if name not in self.files:
            return None
        path = str(PurePosixPath(self.folder, name))
        return read_source(path, self.files[name], self.problems)

    def page(
        self, source: Source, text: str, line: int, *, headings: bool = True
    ) -> Page:
        """Render Markdown of an author and report all that is wrong with it."""
        from lms.text.markup import render_lesson

        page = self._render(
            render_lesson,
            source,
            line,
            text=text,
            links=self._links,
            sizes=self._sizes,
        )
        if page is _NOTHING:
            return page
        reader = Proofreader(source, text, line, page, self.problems)
        reader.check_all(self.files, self._slugs)
        if headings:
            reader.check_headings()
        else:
            reader.check_no_headings()
        for link in page.facts.links:
            self.linked.setdefault(link.target, link.title or link.text)
        for picture in page.facts.pictures:
            self.linked.setdefault(picture.target, picture.alternative)
        return page

    def inline(self, source: Source, text: str, line: int) -> str:
        """Render a line of text that will stand inside something of the page."""
        html = self.page(source, text, line, headings=False).html.strip()
        inside = html.removeprefix("<p>").removesuffix("</p>")
        if html and (inside == html or "<p>" in inside):
            self.problems.error(
                source.path, line, "здесь бывает только строка текста, без списков"
            )
        return inside

    def answer(self, source: Source, text: str, line: int) -> str:
        """Render what an author wrote in the place of a participant or a tutor."""
        from lms.text.markup import render_answer_page

        page = self._render(render_answer_page, source, line, text=text)
        Proofreader(source, text, line, page, self.problems).check_raw_html()
        return page.html

    def _render(
        self, render: Callable[..., Page], source: Source, line: int, **arguments: Any
    ) -> Page:
        """Render one text; the first that comes too late answers for those after it."""
        seconds = self._ends_at - time.monotonic()
        if self._is_late:
            return _NOTHING
        try:
            return render_within(
                seconds, self._sandbox, render, began=self._began, **arguments
            )
        except BusyError:
            self._is_late = True
            self.problems.error(source.path, line, _BUSY)
        except LateError:
            self._is_late = True
            self.problems.error(source.path, line, _LATE)
        except TangledError:
            self.problems.error(source.path, line, _TANGLED)
        self.has_unread = True
        return _NOTHING
