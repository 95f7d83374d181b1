"""What may be typed about meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, ValidationError

from lms.core.fields import AddingForm, ClockField, DayField, LineField, NumberField
from lms.core.language import site_zone
from lms.course.cohorts.models import Cohort
from lms.schools.meetings.models import Meeting
from lms.schools.meetings.services import Arrangement
from lms.schools.teams.audiences import AudienceField
from lms.schools.teams.models import Team


class MeetingForm(FlaskForm):
    """A meeting: what, when by the clock of the course, and where."""

    title = LineField("Название", 200, InputRequired("Назовите встречу."))
    day = DayField("День", InputRequired("Укажите день встречи."))
    clock = ClockField("Начало", InputRequired("Укажите, во сколько начало."))
    minutes = NumberField("Сколько минут", 5, 600, default=60)
    link = LineField("Ссылка", 500)
    place = LineField("Место", 200)
    seen = HiddenField()

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        """Fill the form with what is stored."""
        local = meeting.starts_at.astimezone(site_zone())
        times = {"day": local.date(), "clock": local.time()}
        return cls(obj=meeting, data=times | {"seen": str(meeting.sequence)})

    def validate_link(self, field: LineField) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError("Вставьте ссылку целиком, она начинается с https://.")

    def validate_place(self, field: LineField) -> None:
        if not field.data and not self.link.data:
            raise ValidationError("Напишите, где встречаетесь, или вставьте ссылку.")

    @property
    def arrangement(self) -> Arrangement:
        """What was typed, with the moment by the clock of the course."""
        starts_at = datetime.combine(self.day.data, self.clock.data, site_zone())
        return Arrangement(
            title=self.title.data,
            starts_at=starts_at,
            minutes=self.minutes.data,
            place=self.place.data or "",
            link=self.link.data or "",
        )

    @property
    def version(self) -> int:
        """The number of changes that the page has shown."""
        seen = self.seen.data or ""
        return int(seen) if len(seen) < 10 and seen.isdecimal() else -1


class NewMeetingForm(AddingForm, MeetingForm):
    """A meeting to be: also for whom."""

    audience = AudienceField("Для кого")

    def __init__(
        self, cohorts: Sequence[Cohort], teams: Sequence[Team], **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.audience.offer(cohorts, teams)


def is_web_address(text: str) -> bool:
    """Tell whether a link is safe to press: https, a host, no spaces, no password."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    plain = text.isprintable() and not any(sign in text for sign in ' "<>\\')
    return parts.scheme == "https" and bool(host) and plain and "@" not in parts.netloc
