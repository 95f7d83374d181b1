"""What may be typed about revisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectChoice, SelectField
from wtforms.validators import InputRequired
from wtforms.widgets import HiddenInput

from lms.core.config import MAX_MODULE
from lms.core.fields import LineField, plain_lines
from lms.core.language import file_size
from lms.course.content.content import TEXTS
from lms.course.editing.pending import PendingFile
from lms.course.modules.files import MEDIA
from lms.course.modules.studio import StudioRow


class UploadForm(FlaskForm):
    """A module that comes as a file."""

    file = FileField(
        "Файл",
        [FileRequired("Выберите zip-архив или файл .md.")],
        description=f"Папка занятия в zip, до {file_size(MAX_MODULE)}, или один текст:"
        " lesson.md, assignment.md, quiz.md, tutor.md.",
    )
    slug = SelectField("Занятие")
    note = LineField("Что изменилось", 300)

    def __init__(self, modules: Iterable[StudioRow], **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.slug.choices = [
            SelectChoice("", "Как называется папка в архиве"),
            *(
                SelectChoice(s.module.slug, f"{s.module.position}. {s.shown.title}")
                for s in modules
            ),
        ]


class EditForm(FlaskForm):
    """What goes with the texts of an edited module."""

    after = IntegerField(validators=[InputRequired()], widget=HiddenInput())
    note = LineField("Что изменилось", 300)

    def begin_from(self, number: int) -> None:
        """Let the next save follow another revision than the page did."""
        self.after.raw_data, self.after.data = None, number


@dataclass(frozen=True)
class TypedTexts:
    """The texts of a module as they stand on the page of an editor."""

    texts: dict[str, str]

    @classmethod
    def read(cls, form: Mapping[str, str], stored: Mapping[str, str]) -> "TypedTexts":
        """Take what was typed, and what is stored where nothing was sent.

        A browser sends line ends of its own; an empty text is a file less.
        """
        texts = {path: form.get(path, stored.get(path, "")) for path in TEXTS}
        return cls({path: plain_lines(text) for path, text in texts.items()})

    @property
    def sources(self) -> dict[str, str]:
        return {path: text for path, text in self.texts.items() if text.strip()}

    def files(
        self,
        stored: Mapping[str, bytes],
        removed: Iterable[str],
        pending: Mapping[str, PendingFile],
    ) -> dict[str, bytes]:
        """Return the files of the module with what the editor changed in them."""
        media = {path: stored[path] for path in stored if path.startswith(MEDIA)}
        for name in removed:
            media.pop(MEDIA + name, None)
        media |= {MEDIA + name: file.read() for name, file in pending.items()}
        return {path: text.encode() for path, text in self.sources.items()} | media
