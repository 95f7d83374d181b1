"""What may be typed in an announcement."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from lms.core.fields import AddingForm, DayField, LineField, TextField
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.services import PAST, Words
from lms.schools.teams.audiences import AudienceField
from lms.schools.teams.models import Team

LONGEST = 4000
# So long an announcement stands, unless its author says another day.
USUAL = timedelta(days=14)


class WordsForm(FlaskForm):
    """An announcement: what it says, and until which day it stands."""

    title = LineField("Заголовок", 200, InputRequired("Напишите заголовок."))
    text = TextField("Текст", LONGEST, InputRequired("Напишите, что объявляете."))
    until = DayField("Висит до", InputRequired("Укажите, до какого дня оно висит."))
    by_mail = BooleanField("Отправить письмом сейчас")
    seen = HiddenField()

    @classmethod
    def of(cls, announcement: Announcement) -> "WordsForm":
        """Fill the form with what is stored; nothing is mailed again unasked."""
        return cls(obj=announcement, data={"seen": str(announcement.edition)})

    @property
    def words(self) -> Words:
        return Words(self.title.data, self.text.data, self.until.data)

    @property
    def edition(self) -> int:
        """The edition that the page has shown."""
        seen = self.seen.data or ""
        return int(seen) if len(seen) < 10 and seen.isdecimal() else -1


class NewAnnouncementForm(AddingForm, WordsForm):
    """An announcement to be: also for whom."""

    audience = AudienceField("Для кого")
    insists = BooleanField("Всё равно объявить ещё раз")

    def __init__(
        self,
        cohorts: Sequence[Cohort],
        teams: Sequence[Team],
        people: Mapping[int, int],
        *,
        audience: str,
        **kwargs: Any,
    ) -> None:
        first = {"audience": audience, "until": today() + USUAL}
        super().__init__(data=first, **kwargs)
        self.audience.offer(cohorts, teams, people)
        # Whether to offer the box «Всё равно объявить».
        self.may_insist = bool(self.insists.data)

    def validate_until(self, field: DayField) -> None:
        if field.data and field.data < today():
            raise ValidationError(PAST)
