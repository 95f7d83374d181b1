"""What one line of a list says, once it is understood; or why it is not."""

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from lms.identity.accounts.services import normalise_email
from lms.schools.enrolments.columns import COLUMNS, plain
from lms.schools.enrolments.tables import Line
from lms.schools.teams.models import Position

POSITIONS = {position.value: position for position in Position} | {
    "директор": Position.HEAD,
    "директор школы": Position.HEAD,
    "руководитель": Position.HEAD,
    "head": Position.HEAD,
    "завуч": Position.DEPUTY,
    "замдиректора": Position.DEPUTY,
    "зам директора": Position.DEPUTY,
    "заместитель": Position.DEPUTY,
    "заместитель руководителя": Position.DEPUTY,
    "deputy": Position.DEPUTY,
    "deputy head": Position.DEPUTY,
    "педагог": Position.TEACHER,
    "преподаватель": Position.TEACHER,
    "teacher": Position.TEACHER,
    "мама": Position.PARENT,
    "папа": Position.PARENT,
    "parent": Position.PARENT,
    "выпускница": Position.GRADUATE,
    "graduate": Position.GRADUATE,
    "партнер школы": Position.PARTNER,
    "partner": Position.PARTNER,
}
KNOWN_POSITIONS = {plain(name): position for name, position in POSITIONS.items()}
# A woman who teaches is written both ways.
KNOWN_POSITIONS["учительница"] = Position.TEACHER
YES = {"да", "yes", "y", "true", "1", "+", "x", "х", "v", "✓", "✔", "капитан"}
NO = {"", "нет", "no", "n", "false", "0", "-", "–", "—"}
LABELS = {
    "school": "нет школы",
    "municipality": "нет населённого пункта",
    "team": "нет команды",
    "full_name": "нет имени",
    "email": "нет почты",
    "position": "не сказано, кто это для школы",
}


@dataclass(frozen=True)
class Entry:
    """A person as a line of the list describes them."""

    school: str
    municipality: str
    region: str
    team: str
    full_name: str
    email: str
    position: Position
    is_captain: bool

    @property
    def school_key(self) -> str:
        return school_key(self.school, self.municipality)

    @property
    def team_key(self) -> str:
        return f"{self.school_key}/{key_of(self.team)}"


def key_of(name: str) -> str:
    """Write a name the one way in which it is compared: «Школа №12», «школа № 12»."""
    return plain(name).replace(" ", "") or name.casefold()


def school_key(name: str, municipality: str) -> str:
    """Tell schools of the same name in two towns apart, however a town is written."""
    town = re.sub(r"^(г|город) ", "", plain(municipality)).replace(" ", "")
    return f"{key_of(name)}/{town}"


def email_of(line: Line) -> str:
    """Return the address of a line as it is compared, right or wrong."""
    return normalise_email(line.cells.get("email", ""))


def read_entry(line: Line) -> Entry | list[str]:
    """Understand a line, or return everything that is wrong with it."""
    cells = {column.key: line.cells.get(column.key, "") for column in COLUMNS}
    position = KNOWN_POSITIONS.get(plain(cells["position"]))
    captain = cells["captain"].casefold()
    reasons = [
        *(reason for key, reason in LABELS.items() if not cells[key]),
        *_about_lengths(cells),
        *_about_name(cells["full_name"]),
        *_about_email(cells["email"]),
    ]
    if cells["position"] and position is None:
        possible = ", ".join(p.value for p in Position)
        reasons.append(f"«{cells['position']}» не подходит, можно: {possible}")
    if captain not in YES | NO:
        reasons.append(
            f"капитан: «{cells['captain']}» – напишите «да» или оставьте пустым"
        )
    if reasons or position is None:
        return reasons
    named = {key: cells[key] for key in ("school", "municipality", "region", "team")}
    return Entry(
        **named,
        full_name=cells["full_name"],
        email=email_of(line),
        position=position,
        is_captain=captain in YES,
    )


def _about_lengths(cells: dict[str, str]) -> list[str]:
    return [
        f"«{column.heading}»: больше {column.longest} знаков"
        if cells[column.key].isprintable()
        else f"«{column.heading}»: есть невидимые знаки, наберите заново"
        for column in COLUMNS
        if len(cells[column.key]) > column.longest
        or not cells[column.key].isprintable()
    ]


def _about_name(name: str) -> list[str]:
    if name and len(name.split()) < 2:
        return [f"«{name}» – нужны и фамилия, и имя"]
    return []


def _about_email(email: str) -> list[str]:
    if not email:
        return []
    if "@" not in email:
        return [f"почта без @: «{email}»"]
    if re.search("[а-яё]", email.partition("@")[0].casefold()):
        return [f"в адресе «{email}» есть русские буквы"]
    try:
        validate_email(email, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return [f"почта «{email}» не похожа на name@school.ru"]
    return []
