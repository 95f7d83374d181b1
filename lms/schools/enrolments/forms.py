"""What may be typed or chosen when a list is enrolled."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    Field,
    FieldList,
    HiddenField,
    SelectChoice,
    SelectField,
)

from lms.core.choices import TicksField
from lms.core.fields import AddingForm, LineField
from lms.schools.enrolments.columns import COLUMNS, FOR_ALL, HEADINGS, PARTS
from lms.schools.enrolments.headings import TITLE_LINES, chosen_at, find_headings
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.plan import Plan
from lms.schools.enrolments.tables import LARGEST
from lms.schools.enrolments.twins import Twin
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.teams.models import Position

LONGEST_BEGINNING = 60


class UploadForm(AddingForm):
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


WHAT = [
    SelectChoice("", "не нужен"),
    *(
        SelectChoice(column.key, column.heading)
        for column in COLUMNS
        if column.key != "full_name"
    ),
    SelectChoice("full_name", "Имя целиком"),
    *(SelectChoice(part, heading) for part, (heading, _) in PARTS.items()),
]


class ColumnsForm(FlaskForm):
    """What each column of a list is, and where its headings stand.

    What stands in no column may be one for all lines.
    """

    header = SelectField("Где заголовки", coerce=int)
    columns = FieldList(SelectField(choices=WHAT))
    school = LineField(HEADINGS["school"], 200)
    municipality = LineField(HEADINGS["municipality"], 120)
    region = LineField(HEADINGS["region"], 120)
    team = LineField(HEADINGS["team"], 120)
    position = SelectField(
        HEADINGS["position"],
        choices=[
            SelectChoice("", "у каждого своё"),
            *(SelectChoice(position.value, position.value) for position in Position),
        ],
        validate_choice=False,  # each line is judged by what it says
    )

    def __init__(self, enrolment: Enrolment) -> None:
        rows = [row for _, row in enrolment.lines]
        places = enrolment.places or find_headings(rows).places
        width = max(map(len, rows), default=0)
        super().__init__(
            header=enrolment.header,
            columns=[chosen_at(places, place) for place in range(width)],
            **enrolment.for_all,
        )
        self.header.choices = [
            SelectChoice(0, "Заголовков нет, сразу люди"),
            *(
                SelectChoice(number, f"Строка {number}: {_beginning(row)}")
                for number, row in enrolment.lines[:TITLE_LINES]
            ),
        ]

    @property
    def for_all(self) -> dict[str, str]:
        """What is said once for all lines, by the key of the column that is missing."""
        said = {key: self[key].data for key in FOR_ALL}
        return {key: text for key, text in said.items() if text}

    @property
    def fields_for_all(self) -> list[Field]:
        return [self[key] for key in FOR_ALL]


def _beginning(row: Sequence[str]) -> str:
    words = ", ".join(cell for cell in row if cell)
    return words if len(words) <= LONGEST_BEGINNING else f"{words[:LONGEST_BEGINNING]}…"


class SameSchoolsForm(FlaskForm):
    """Which schools of a list are others, only written differently."""

    same = TicksField("Та же школа?")

    def __init__(self, enrolment: Enrolment, plan: Plan) -> None:
        said = enrolment.same_schools
        super().__init__(same=list(said))
        self.same.choices = [
            *(
                SelectChoice(key, f"{label} – та же школа, что {name}, {municipality}")
                for key, (name, municipality, label) in said.items()
            ),
            *(SelectChoice(twin.key, _question(twin)) for twin in plan.twins),
        ]


def _question(twin: Twin) -> str:
    where = "она уже на сайте" if twin.is_known else "она тоже в списке"
    return f"{twin.label} – та же школа, что {twin.other_label} ({where})"


class ConfirmForm(FlaskForm):
    """The agreement to the plan on the page, and who leaves the teams."""

    seen = HiddenField()
    remove = TicksField("Убрать из команды")

    also = TicksField("Войдут и в эту команду")

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.also.choices = [
            SelectChoice(
                found.entry.email,
                f"{found.entry.full_name}, {found.entry.email} – в команду"
                f" «{found.entry.team}»; {found.notes[0]}",
            )
            for found in plan.of(Verdict.ALSO)
            if found.entry
        ]
        self.remove.choices = [
            SelectChoice(
                person.key,
                f"{person.full_name}, {person.email} – «{person.team.name}»,"
                f" {person.team.school.label}; {person.what}",
            )
            for person in plan.absent
        ]
