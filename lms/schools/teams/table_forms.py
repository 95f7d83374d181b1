"""What may be typed in the table of teams: a search, and tutors for many of them."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField

from lms.core.database import row_number
from lms.core.errors import RuleError
from lms.core.fields import LineField
from lms.identity.accounts.models import User
from lms.schools.teams.forms import NOBODY
from lms.schools.teams.models import Team
from lms.schools.teams.roster import RosterEntry, TeamState
from lms.schools.teams.tutors import TutorChoice

ANYBODY = ""


class TableFilter(FlaskForm):
    """What the table is narrowed by; it stands in the address."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    q = LineField("Школа, команда, имя", 100)
    tutor = SelectField("Тьютор")
    state = SelectField(
        "Состояние",
        choices=[
            SelectChoice("", "любое"),
            *(SelectChoice(state.name, state.value) for state in TeamState),
        ],
    )

    def __init__(self, tutors: Sequence[User], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tutor.choices = [SelectChoice(ANYBODY, "любой"), *_choices(tutors)]

    @property
    def chosen(self) -> dict[str, str]:
        """What is chosen, as addresses carry it on."""
        return {field.name: field.data for field in self if field.data}


class TableRow(FlaskForm):
    """One team of the table: ticked or not, and its tutor."""

    class Meta:
        """A part of `TableForm`, which has the token."""

        csrf = False

    ticked = BooleanField("Отметить")
    seen = HiddenField()
    tutor = SelectField("Тьютор")

    def __init__(self, entry: RosterEntry, tutors: Sequence[User]) -> None:
        stored = _written(entry.team.tutor_id)
        data = {"seen": stored, "tutor": stored}
        super().__init__(prefix=f"team-{entry.team.id}-", data=data)
        self.entry = entry
        self.tutor.choices = _choices(tutors)

    def choose(self, wanted: str) -> TutorChoice:
        """Choose somebody for this team, and remember who was shown."""
        return TutorChoice(self.entry.team.id, _id(self.seen.data), _id(wanted))

    def meet(self, team: Team) -> None:
        """Take over whom a colleague chose, unless the row was changed here too."""
        stored = _written(team.tutor_id)
        if self.tutor.data == self.seen.data:
            self.tutor.data = stored
        self.seen.data = stored


class TableForm(FlaskForm):
    """The tutors of the teams shown, and one for many at once."""

    found = HiddenField(id="found-before")
    tutor = SelectField("Тьютор", id="tutor-of-many")
    everyone = BooleanField()

    def __init__(
        self,
        entries: Sequence[RosterEntry],
        tutors: Sequence[User],
        found: Mapping[int, int | None],
    ) -> None:
        super().__init__(data={"found": fingerprint(found)})
        self.rows = [TableRow(entry, tutors) for entry in entries]
        self._found = found
        self.tutor.choices = [SelectChoice(ANYBODY, "выберите"), *_choices(tutors)]

    def validate(self, **kwargs: Any) -> bool:
        # A list, not a generator: every row says what is wrong with it.
        valid = [row.validate() for row in self.rows]
        return super().validate(**kwargs) and all(valid)

    @property
    def choices(self) -> list[TutorChoice]:
        """What is wanted: a row's own choice, else the one for many."""
        ticked = [row for row in self.rows if row.ticked.data]
        if (ticked or self.everyone.data) and self.tutor.data == ANYBODY:
            raise RuleError("Выберите, какого тьютора назначить отмеченным командам.")
        if self.tutor.data != ANYBODY and not ticked and not self.everyone.data:
            raise RuleError("Отметьте команды, которым назначить тьютора.")
        chosen = self._for_all_found() if self.everyone.data else {}
        chosen |= {row.entry.team.id: row.choose(self.tutor.data) for row in ticked}
        changed = [row for row in self.rows if row.tutor.data != row.seen.data]
        chosen |= {row.entry.team.id: row.choose(row.tutor.data) for row in changed}
        return list(chosen.values())

    def _for_all_found(self) -> dict[int, TutorChoice]:
        if self.found.data != fingerprint(self._found):
            self.found.data = fingerprint(self._found)
            raise RuleError(
                "Пока вы выбирали, список найденных команд или их тьюторов изменился."
                " Посмотрите на него ещё раз и сохраните."
            )
        wanted = _id(self.tutor.data)
        return {
            team_id: TutorChoice(team_id, seen, wanted)
            for team_id, seen in self._found.items()
        }

    def meet(self) -> None:
        """Show what is stored by now wherever nothing was changed here."""
        for row in self.rows:
            row.meet(row.entry.team)


def fingerprint(found: Mapping[int, int | None]) -> str:
    """Tell one list of teams with their tutors from another."""
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:32]


def _choices(tutors: Sequence[User]) -> list[SelectChoice]:
    return [
        SelectChoice(str(NOBODY), "без своего тьютора"),
        *(SelectChoice(str(tutor.id), tutor.full_name) for tutor in tutors),
    ]


def _written(tutor_id: int | None) -> str:
    return str(tutor_id or NOBODY)


def _id(written: str | None) -> int | None:
    return row_number(written or "") or None
