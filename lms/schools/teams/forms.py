"""What may be typed about schools, teams and their people."""

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa
from flask_wtf import FlaskForm
from wtforms import SelectChoice, SelectField
from wtforms.validators import DataRequired, ValidationError

from lms.core.choices import LongSelect
from lms.core.fields import AddingForm, LineField
from lms.identity.accounts.models import User
from lms.schools.teams.models import School, Team

NEW_SCHOOL = 0
NOBODY = 0
EVERY_COHORT = 0
# A list to choose from is no longer than this.
OFFERED = 30


class FilterForm(FlaskForm):
    """What a list of teams is narrowed by."""

    class Meta:
        """Only reads, so it needs no token."""

        csrf = False

    q = LineField("Школа, команда, имя", 100)
    cohort = SelectField("Поток", coerce=int, widget=LongSelect())

    def __init__(self, cohorts: Iterable[sa.Row[int, str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.cohort.choices = [
            SelectChoice(EVERY_COHORT, "все потоки"),
            *(SelectChoice(cohort_id, name) for cohort_id, name in cohorts),
        ]


class SchoolForm(FlaskForm):
    """A school of the list; where it is, `territories` says."""

    name = LineField("Название школы", 200, DataRequired("Напишите название школы."))


class TeamForm(AddingForm):
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
    def has_more_schools(self) -> bool:
        """Tell whether the list holds as many schools as it can."""
        return len(self._schools) >= OFFERED

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
