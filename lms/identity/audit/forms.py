"""What the journal may be narrowed to."""

from collections.abc import Iterable

import sqlalchemy as sa
from wtforms import Form, SearchField, SelectChoice, SelectField
from wtforms.validators import AnyOf, Optional, ValidationError

from lms.core.choices import LongSelect
from lms.core.fields import DayField


class JournalFilter(Form):
    """Whose actions to show, on what and when; it stands in the address."""

    person = SearchField("Человек", description="Имя или почта: что делал и что с ним")
    cohort = SelectField(
        "Поток", default="", validate_choice=False, widget=LongSelect()
    )
    since = DayField("С какого дня", Optional())
    until = DayField("По какой день", Optional())
    q = SearchField("Слова", description="Действие, название или команда")

    @property
    def is_used(self) -> bool:
        """Tell whether anything is asked for, so that the filter stands open."""
        return any(field.raw_data and field.raw_data[0] for field in self)

    def offer_cohorts(self, cohorts: Iterable[sa.Row[int, str]]) -> None:
        """Offer the cohorts of the site."""
        names = {str(cohort_id): name for cohort_id, name in cohorts}
        self.cohort.choices = [
            SelectChoice("", "Все"),
            *(SelectChoice(key, name) for key, name in names.items()),
        ]
        known = AnyOf(names, "Такого потока нет. Выберите другой.")
        self.cohort.validators = [Optional(), known]

    def validate_until(self, field: DayField) -> None:
        """Refuse a period that ends before it begins."""
        if self.since.data and field.data and field.data < self.since.data:
            raise ValidationError("Конец раньше начала: исправьте один из дней.")
