"""What may be typed about meetings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, ValidationError

from lms.core.choices import LongSelect
from lms.core.fields import (
    AddingForm,
    ClockField,
    DayField,
    LineField,
    NumberField,
    TextField,
)
from lms.core.language import site_zone
from lms.core.links import WHOLE_LINK, is_web_address
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.programme import module_labels
from lms.schools.meetings.lists import Plan
from lms.schools.meetings.matching import Verdict
from lms.schools.meetings.models import Meeting, MeetingKind
from lms.schools.meetings.services import Arrangement
from lms.schools.meetings.turnout import Guest
from lms.schools.teams.audiences import AudienceField
from lms.schools.teams.models import Team
from lms.schools.territories.models import Territory

# In a choice where something may be left out.
NOTHING = 0
MOST_SUMMARY = 8000


class MeetingForm(FlaskForm):
    """A meeting: what, when by the clock of the course, and where."""

    kind = SelectField(
        "Что это",
        choices=[SelectChoice(kind.name, kind.value) for kind in MeetingKind],
        default=MeetingKind.MEETING.name,
    )
    module = SelectField("К занятию", coerce=int, default=NOTHING)
    title = LineField("Название", 200, InputRequired("Назовите встречу."))
    day = DayField("День", InputRequired("Укажите день встречи."))
    clock = ClockField("Начало", InputRequired("Укажите, во сколько начало."))
    minutes = NumberField("Сколько минут", 5, 600, default=60)
    link = LineField("Ссылка", 500)
    place = LineField("Место", 200)
    seen = HiddenField()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        lessons = [SelectChoice(key, label) for key, label in module_labels()]
        self.module.choices = [SelectChoice(NOTHING, "ни к какому"), *lessons]

    @classmethod
    def of(cls, meeting: Meeting) -> "MeetingForm":
        """Fill the form with what is stored."""
        local = meeting.starts_at.astimezone(site_zone())
        facts = {
            "kind": meeting.kind.name,
            "module": meeting.module_id or NOTHING,
            "title": meeting.title,
            "day": local.date(),
            "clock": local.time(),
            "minutes": meeting.minutes,
            "link": meeting.link,
            "place": meeting.place,
            "seen": str(meeting.sequence),
        }
        return cls(data=facts)

    def validate_link(self, field: LineField) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(WHOLE_LINK)

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
            kind=MeetingKind[self.kind.data],
            module_id=self.module.data or None,
        )

    @property
    def version(self) -> int:
        """The number of changes that the page has shown."""
        seen = self.seen.data or ""
        return int(seen) if len(seen) < 10 and seen.isdecimal() else -1


class NewMeetingForm(AddingForm, MeetingForm):
    """A meeting to be: also for whom."""

    audience = AudienceField("Для кого")
    territory = SelectField(
        "Только школы территории", coerce=int, default=NOTHING, widget=LongSelect()
    )
    was_held = BooleanField("Встреча уже прошла")

    def __init__(
        self,
        cohorts: Sequence[Cohort],
        teams: Sequence[Team],
        territories: Sequence[Territory] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.audience.offer(cohorts, teams)
        self.territories = {one.id: one for one in territories}
        every = SelectChoice(NOTHING, "все школы")
        named = [SelectChoice(one.id, one.name) for one in territories]
        self.territory.choices = [every, *named]

    def validate_territory(self, field: SelectField) -> None:
        chosen = self.audience.audiences.get(self.audience.data)
        if field.data and chosen and chosen.team:
            raise ValidationError("Выберите весь поток или не выбирайте территорию.")

    @property
    def chosen_territory(self) -> Territory | None:
        return self.territories.get(self.territory.data)


class SummaryForm(FlaskForm):
    """What is left of a meeting that was held."""

    summary = TextField("Что обсудили и решили", MOST_SUMMARY)
    recording_url = LineField("Ссылка на запись", 500)
    seen = HiddenField()

    def validate_recording_url(self, field: LineField) -> None:
        if field.data and not is_web_address(field.data):
            raise ValidationError(WHOLE_LINK)


class AttendanceForm(FlaskForm):
    """Who was there, as ticks; and who was ticked when the page was shown."""

    # Whoever has left the teams meanwhile is simply not marked.
    present = SelectMultipleField("Кто был", coerce=int, validate_choice=False)
    was = HiddenField()

    def __init__(self, guests: Sequence[Guest]) -> None:
        ticked = [guest.membership.user_id for guest in guests if guest.is_present]
        super().__init__(data={"present": ticked, "was": ",".join(map(str, ticked))})
        self.present.choices = [
            SelectChoice(guest.membership.user_id, guest.membership.user.full_name)
            for guest in guests
        ]

    @property
    def was_ticked(self) -> list[int]:
        ids = (self.was.data or "").split(",")
        return [int(one) for one in ids if one.isdecimal() and len(one) < 10]


class ListForm(AddingForm):
    """The list of the service of the meeting."""

    file = FileField("Файл со списком", [FileRequired("Выберите файл со списком.")])


class ConfirmForm(FlaskForm):
    """Whom the people of a list are where their name is only alike."""

    # Whoever has left the teams meanwhile is in no choice any more.
    taken = SelectMultipleField("Кто это", validate_choice=False)
    everybody = BooleanField("Считать присутствовавшими всех из списка")
    seen = HiddenField()

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.taken.choices = [
            SelectChoice(f"{finding.number}-{person.id}", person.full_name)
            for finding in plan.of(Verdict.LIKELY)
            for person in finding.people
        ]

    def validate_taken(self, field: SelectMultipleField) -> None:
        if len(self.chosen) < len(self._pairs):
            raise ValidationError("Для одной строки выбраны двое: оставьте одного.")

    @property
    def chosen(self) -> dict[int, int]:
        """Whom each number of the list was taken for."""
        return dict(self._pairs)

    @property
    def _pairs(self) -> set[tuple[int, int]]:
        offered = {choice.value for choice in self.taken.choices}
        pairs = (one.split("-") for one in offered.intersection(self.taken.data or []))
        return {(int(number), int(user_id)) for number, user_id in pairs}
