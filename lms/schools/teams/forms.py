"""What may be typed about schools, teams and their people."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField
from wtforms.validators import DataRequired, ValidationError

from lms.core.errors import RuleError
from lms.core.fields import LineField
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.teams.models import School, Team
from lms.schools.teams.roster import RosterEntry, TeamState
from lms.schools.teams.services import TutorChoice

NEW_SCHOOL = 0
ANYBODY = ""
NOBODY = 0
EVERY_COHORT = 0


class FilterForm(FlaskForm):
    """What a list of teams is narrowed by."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    q = LineField("Школа, команда, имя", 100)
    cohort = SelectField("Поток", coerce=int)

    def __init__(self, cohorts: Sequence[Cohort], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(EVERY_COHORT, "все потоки"),
            *(SelectChoice(cohort.id, cohort.name) for cohort in cohorts),
        ]


class SchoolForm(FlaskForm):
    """A school of the list."""

    name = LineField("Название школы", 200, DataRequired("Напишите название школы."))
    municipality = LineField(
        "Населённый пункт", 120, DataRequired("Напишите, где находится школа.")
    )
    region = LineField("Регион", 120)


class TeamForm(FlaskForm):
    """A team of a school: one from the list or a new one, typed right here."""

    school_id = SelectField("Школа", coerce=int)
    school = LineField("Название школы", 200)
    municipality = LineField("Населённый пункт", 120)
    region = LineField("Регион", 120)
    name = LineField("Название команды", 120, DataRequired("Назовите команду."))
    tutor_id = SelectField("Тьютор команды", coerce=int)

    def __init__(
        self,
        schools: Sequence[School],
        tutors: Sequence[User],
        *,
        team: Team | None = None,
    ) -> None:
        super().__init__(data=_typed_before(team) if team else None)
        self._schools = {school.id: school for school in schools}
        self._tutors = {tutor.id: tutor for tutor in tutors}
        self.school_id.choices = [
            SelectChoice(NEW_SCHOOL, "Новая школа — впишу ниже"),
            *(SelectChoice(school.id, school.label) for school in schools),
        ]
        self.tutor_id.choices = [
            SelectChoice(NOBODY, "Пока без своего тьютора"),
            *(SelectChoice(tutor.id, tutor.full_name) for tutor in tutors),
        ]

    def validate_school(self, field: LineField) -> None:
        if self.school_id.data != NEW_SCHOOL:
            if field.data:
                raise ValidationError(
                    "Школа уже выбрана из списка: сотрите новую"
                    " или выберите «Новая школа»."
                )
        elif not field.data:
            raise ValidationError("Выберите школу из списка или впишите новую.")

    def validate_municipality(self, field: LineField) -> None:
        if self.school_id.data == NEW_SCHOOL and not field.data:
            raise ValidationError("Напишите, где находится школа.")

    @property
    def chosen_school(self) -> School:
        """The school of the list, or a new one that is not stored yet."""
        return self._schools.get(self.school_id.data) or School(
            name=self.school.data,
            municipality=self.municipality.data,
            region=self.region.data or "",
        )

    @property
    def chosen_tutor(self) -> User | None:
        return self._tutors.get(self.tutor_id.data)


def _typed_before(team: Team) -> dict[str, Any]:
    return {
        "school_id": team.school_id,
        "name": team.name,
        "tutor_id": team.tutor_id or NOBODY,
    }


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

    found = HiddenField()
    tutor = SelectField("Тьютор")
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
    return int(written) if written and written.isdecimal() and int(written) else None
