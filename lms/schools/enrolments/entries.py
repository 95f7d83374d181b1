"""What one line of a list says, once it is understood; or why it is not."""

import unicodedata
from dataclasses import dataclass
from functools import cached_property

from lms.schools.enrolments.addresses import addresses_in, faults_of
from lms.schools.enrolments.alphabets import mixtures
from lms.schools.enrolments.columns import COLUMNS
from lms.schools.enrolments.names import read_name
from lms.schools.enrolments.positions import is_obvious, read_position
from lms.schools.enrolments.spellings import key_of, school_key
from lms.schools.enrolments.tables import Line
from lms.schools.teams.models import Position

YES = {"да", "yes", "y", "true", "1", "+", "x", "х", "v", "✓", "✔", "*"}
YES |= {"капитан", "капитан команды"}
NO = {"", "нет", "no", "n", "false", "0", "-", "–", "—"}
NO |= {"не капитан", "участник", "участница", "член команды"}
# «то же», «-//-»: what stood above; «#Н/Д»: a formula that found nothing.
REPEATS = {"то же", "тоже", "та же", "тот же", "там же"}
BROKEN = {
    *("#Н/Д", "#ССЫЛКА!", "#ЗНАЧ!", "#ИМЯ?", "#ДЕЛ/0!", "#ПУСТО!", "#ЧИСЛО!"),
    *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"),
}
PLACES = ("school", "municipality", "team")
NAMED = ("school", "municipality", "region", "team", "tutor")
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
    tutor: str = ""
    # What was understood, and should be looked at.
    remarks: tuple[str, ...] = ()

    @cached_property
    def school_key(self) -> str:
        return school_key(self.school, self.municipality)

    @cached_property
    def team_key(self) -> str:
        return f"{self.school_key}/{key_of(self.team)}"


def email_of(line: Line) -> str:
    """Return the address of a line as it is compared: the first one that may be right.

    Schools write two addresses into a cell; one invitation goes to one of them.
    """
    emails = addresses_in(line.cells["email"])
    if len(emails) == 1:
        return emails[0]
    right = (email for email in emails if not faults_of(email))
    return next(right, emails[0] if emails else "")


def read_entry(line: Line) -> Entry | list[str]:
    """Understand a line, or return everything that is wrong with it."""
    cells, email = line.cells, email_of(line)
    position = read_position(cells["position"])
    full_name, remarks = read_name(cells["full_name"])
    captain = cells["captain"].casefold().rstrip(" .!")
    reasons = [
        *(reason for key, reason in LABELS.items() if not cells[key]),
        *_about_lengths(cells),
        *(_about_nothing(cells[key]) for key in PLACES if _says_nothing(cells[key])),
        *_about_name(cells["full_name"], full_name),
        *(faults_of(email) if email else []),
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
    remarks += _remarks(cells, email, position)
    named = {key: cells[key] for key in NAMED}
    return Entry(
        **named,
        full_name=full_name,
        email=email,
        position=position,
        is_captain=captain in YES,
        remarks=tuple(remarks),
    )


def _remarks(cells: dict[str, str], email: str, position: Position) -> list[str]:
    """Return what was understood in a cell, where somebody might mean another thing."""
    remarks = [
        remark
        for key in PLACES
        if not cells[key].isascii()
        for remark in mixtures(cells[key])
    ]
    if len(addresses_in(cells["email"])) > 1:
        remarks.append(f"в ячейке не один адрес, приглашение пойдёт на {email}")
    if not is_obvious(cells["position"]):
        remarks.append(f"«{cells['position']}» понято как «{position.value}»")
    return remarks


def _about_lengths(cells: dict[str, str]) -> list[str]:
    return [
        f"«{column.heading}»: больше {column.longest} знаков"
        for column in COLUMNS
        if len(cells[column.key]) > column.longest
    ]


def _says_nothing(cell: str) -> bool:
    """Tell a mark from a name: a name has a letter, a number or a picture."""
    if not cell or cell.isalnum():
        return False
    is_mark = all(unicodedata.category(s)[0] in "PZ" or s in "+=<>|^`~" for s in cell)
    return is_mark or cell.casefold() in REPEATS or cell in BROKEN


def _about_nothing(cell: str) -> str:
    return f"«{cell}» – напишите название в каждой строке"


def _about_name(typed: str, name: str) -> list[str]:
    if typed and len(name.split()) < 2:
        return [f"«{typed}» – нужны и фамилия, и имя"]
    return []
