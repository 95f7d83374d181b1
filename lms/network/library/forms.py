"""What may be typed about documents of the library."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileRequired
from wtforms import IntegerField, SearchField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from lms.core.choices import CHOOSE, KindField, LongSelect
from lms.core.config import MAX_FILE
from lms.core.edit_forms import EditForm
from lms.core.fields import AddingForm, DayField, LineField, one_line
from lms.core.file_fields import KeptFileField
from lms.network.library.models import DocumentKind, LibraryDocument
from lms.network.library.services import Edition
from lms.network.library.shelves import Filters
from lms.schools.teams.models import School

NO_SCHOOL = SelectChoice(0, "не школа курса")


class ShelfForm(FlaskForm):
    """What to look for in the library; it stands in the address of the page."""

    words = SearchField(
        "О чём", filters=[lambda text: one_line(text or "")], name="q", id="q"
    )
    kind = KindField(
        "Вид", DocumentKind, none="любой", default="", validate_choice=False
    )

    def asked(self) -> dict[str, str]:
        """Return what is asked for; a kind that does not exist is none."""
        kind = self.kind.data if self.kind.data in DocumentKind.__members__ else ""
        asked = {"q": self.words.data[:200], "kind": kind}
        return {name: value for name, value in asked.items() if value}

    def filters(self) -> Filters:
        """Return what is asked for as the library understands it."""
        asked = self.asked()
        kind = DocumentKind[asked["kind"]] if "kind" in asked else None
        return Filters(asked.get("q", ""), kind)


class DocumentForm(EditForm):
    """What is said of a document."""

    WORDS = ("kind", "title", "about", "source", "author_school_id")
    kind = KindField(
        "Вид",
        DocumentKind,
        InputRequired("Выберите, какой это документ."),
        none=CHOOSE,
    )
    title = LineField("Название", 120, InputRequired("Назовите документ."))
    about = LineField(
        "Для чего он", 300, description="Одной-двумя фразами: кому и когда пригодится."
    )
    source = LineField(
        "Источник",
        200,
        InputRequired("Напишите, откуда документ."),
        description="Откуда он: занятие курса, приказ школы, сайт с адресом.",
    )
    author_school_id = SelectField("Какая школа дала", coerce=int, widget=LongSelect())

    def __init__(self, schools: Iterable[School], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        known = [SelectChoice(one.id, one.label) for one in schools]
        self.author_school_id.choices = [NO_SCHOOL, *known]
        if self.author_school_id.data is None:
            self.author_school_id.data = NO_SCHOOL.value

    def value_of(self, name: str) -> Any:
        """Besides, of a document that no school gave the column holds nothing."""
        value = super().value_of(name)
        return value or None if name == "author_school_id" else value


class FileForm(AddingForm):
    """The file of an edition, and from which day it is in force."""

    file = KeptFileField("Файл", [FileRequired("Выберите файл.")])
    valid_from = DayField(
        "Действует с", Optional(), description="Если у документа есть такой день."
    )

    @property
    def edition(self) -> Edition:
        """Return what was sent."""
        file = self.file.data
        content = file.read(MAX_FILE + 1)
        return Edition(file.filename or "", content, self.valid_from.data)


class AddForm(DocumentForm, FileForm):
    """A document with its first file."""


class ReplaceForm(FileForm):
    """A new edition; `number` is the one that the page has shown."""

    changes = LineField(
        "Что изменилось",
        200,
        InputRequired("Напишите одной строкой, что изменилось."),
        description="Прочитают все, а школы, которые взяли документ, — в письме.",
    )
    number = IntegerField(widget=HiddenInput(), validators=[InputRequired()])

    @property
    def edition(self) -> Edition:
        """Return what was sent."""
        return super().edition._replace(changes=self.changes.data)

    def show(self, document: LibraryDocument) -> None:
        """Take over the edition that is present, once the page shows it."""
        self.number.data = document.number
        self.number.raw_data = None


class WithdrawForm(FlaskForm):
    """Why a document stands in the library no more."""

    note = LineField(
        "Почему",
        200,
        InputRequired("Напишите, почему: это прочитают все."),
        description="Прочитают все, а школы, которые взяли документ, — в письме.",
    )
