"""What may be typed or chosen when a list is enrolled."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectChoice, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from lms.schools.enrolments.plan import Plan
from lms.schools.enrolments.tables import LARGEST


class UploadForm(FlaskForm):
    """The file with the list."""

    file = FileField("Файл со списком", [FileRequired("Выберите файл со списком.")])

    @property
    def content(self) -> bytes:
        """The file, or so much of it that it is seen to be too long."""
        content: bytes = self.file.data.read(LARGEST + 1)
        return content

    @property
    def name(self) -> str:
        return self.file.data.filename or "список"


class ConfirmForm(FlaskForm):
    """The agreement to the plan on the page, and who leaves the teams."""

    seen = HiddenField()
    remove = SelectMultipleField(
        "Убрать из команды",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.remove.choices = [
            SelectChoice(
                person.key,
                f"{person.full_name}, {person.email} – «{person.team.name}»,"
                f" {person.team.school.label}; {person.what}",
            )
            for person in plan.absent
        ]
