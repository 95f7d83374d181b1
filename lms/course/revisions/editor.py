"""The page on which an admin edits the texts of a module."""

from collections.abc import Iterable

from flask import render_template, request
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from lms.course.content.problems import Problem
from lms.course.editing.headings import headings_of
from lms.course.editing.pending import keep, read_tokens
from lms.course.editing.sketch import Sketch, sketch_of
from lms.course.modules.contents import content_of
from lms.course.modules.files import files_of, folder_of
from lms.course.modules.intake import import_revision
from lms.course.modules.models import Revision
from lms.course.modules.studio import studio_rows
from lms.course.revisions.comparison import compare_revisions, compare_texts
from lms.course.revisions.excerpts import excerpts_of, problems_by_file
from lms.course.revisions.forms import EditForm, TypedTexts


class Editor:
    """What is typed and added, on its way to the next revision or back to the page."""

    def __init__(self, newest: Revision, form: EditForm, typed: TypedTexts) -> None:
        self.newest = newest
        self.form = form
        self.typed = typed
        self.problems: list[Problem] = []
        self.removed = request.form.getlist("remove")
        self.pending = read_tokens(request.form.getlist("pending"))

    def take_files(self, files: Iterable[FileStorage]) -> None:
        """Store what was chosen, so that a refusal of the texts does not lose it."""
        for file in files:
            if file.filename:
                kept = keep(file, folder=folder_of(self.newest))
                self.pending[kept.name] = kept

    def save(self) -> Revision:
        """Store what is typed as the next revision."""
        return import_revision(
            folder_of(self.newest),
            self._files(),
            author=current_user,
            note=self.form.note.data or "",
            after=self.form.after.data,
        )

    def render(self, *, is_sketch: bool = False) -> str:
        """Return the page with all that was typed, and what it looks like."""
        sketch = self._sketch(is_sketch=is_sketch)
        if is_sketch:
            self.problems = sketch.problems
        newest, live = self.newest, self.newest.module.current_revision
        sources = self.typed.sources
        files = {path: text.encode() for path, text in sources.items()}
        return render_template(
            "course/revisions/edit.html",
            form=self.form,
            newest=newest,
            live=live,
            texts=self.typed.texts,
            headings={path: headings_of(text) for path, text in sources.items()},
            pending=self.pending,
            removed=self.removed,
            unsaved=compare_texts(newest.sources, sources),
            problems=problems_by_file(self.problems, folder_of(newest)),
            has_errors=any(one.level == "error" for one in self.problems),
            excerpts=excerpts_of(self.problems, folder_of(newest), files),
            comparison=compare_revisions(live, newest) if live else None,
            sketch=sketch,
            rows=studio_rows(),
        )

    def _files(self) -> dict[str, bytes]:
        return self.typed.files(files_of(self.newest), self.removed, self.pending)

    def _sketch(self, *, is_sketch: bool) -> Sketch:
        """Draw what is typed where the person asks for it, else what is stored."""
        if is_sketch:
            return sketch_of(folder_of(self.newest), self._files(), self.pending)
        content = content_of(self.newest)
        return Sketch(content.lesson, content, [])
