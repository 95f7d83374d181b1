"""The settings of the course as values, and what `course.md` says of them first."""

import re
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict

from lms.course.content.course import Course

# What each of them is called on pages and in the journal.
LABELS = {
    "organiser_name": "Организатор",
    "organiser_email": "Почта организатора",
    "organiser_phone": "Телефон",
    "organiser_hours": "Когда отвечают",
    "issuer": "Организация, которая выдаёт сертификат",
    "signer": "Кто подписывает",
    "signer_position": "Должность",
    "signature": "Картинка подписи",
    "hours": "Часы курса",
    "join": "Как присоединиться",
    "operator_name": "Оператор персональных данных",
    "operator_address": "Адрес оператора",
    "operator_contact": "Куда обращаться по персональным данным",
    "second_factor": "Тьюторы и администраторы входят с кодом",
}
# What a cohort freezes of them when it opens.
CERTIFIED = frozenset({"hours", "issuer", "signer", "signer_position", "signature"})
# Fit for any course as they are; and whoever saves the page has read the number.
NO_SAMPLES = frozenset({"join"})
CONFIRMED_BY_SAVING = frozenset({"hours"})
_NUMBER = re.compile(r"[\d\s()+–-]+")


class Organiser(NamedTuple):
    """Whom people write to or call."""

    name: str
    email: str
    phone: str
    hours: str

    @property
    def phone_number(self) -> str:
        """What a telephone dials; an extension after it is for people."""
        number = _NUMBER.match(self.phone)
        return re.sub(r"[^\d+]", "", number[0]) if number else ""

    @property
    def mailto(self) -> str:
        """Return the address of a link, whatever signs the e-mail address has."""
        return f"mailto:{quote(self.email, safe='@')}"

    @property
    def in_a_line(self) -> str:
        """«Центр, kurs@school.ru, +7 383 000-00-00 (пн–пт, 9:00–17:00)»."""
        line = ", ".join(part for part in (self.name, self.email, self.phone) if part)
        return f"{line} ({self.hours})" if self.hours else line


class Settings(BaseModel):
    """What the organiser says of the course."""

    model_config = ConfigDict(frozen=True)

    organiser_name: str = ""
    organiser_email: str = ""
    organiser_phone: str = ""
    organiser_hours: str = ""
    issuer: str = ""
    signer: str
    signer_position: str = ""
    # The SHA-256 of a stored picture, or nothing.
    signature: str = ""
    hours: int
    join: str = ""
    join_html: str = ""
    operator_name: str = ""
    operator_address: str = ""
    operator_contact: str = ""
    # Whether people with a role must have a second factor.
    second_factor: bool = False

    @property
    def operator(self) -> str:
        """«Центр, Новосибирск, Школьная, 1, kurs@school.ru», as the consent has it."""
        parts = self.operator_name, self.operator_address, self.operator_contact
        return ", ".join(part for part in parts if part) if self.operator_name else ""

    def facts(self) -> dict[str, Any]:
        """Return what people read of the settings, by its name."""
        facts = {label: getattr(self, name) for name, label in LABELS.items()}
        facts[LABELS["signature"]] = self.signature[:12]
        return facts


@dataclass(frozen=True)
class SettingsInForce:
    """The settings as they are now; number 0: nobody has saved any yet."""

    number: int
    settings: Settings
    # The names of those that only the sample says.
    samples: frozenset[str]

    @property
    def operator(self) -> str:
        """Return whom the consent names, if that is not the sample."""
        return "" if "operator_name" in self.samples else self.settings.operator

    @property
    def organiser(self) -> Organiser | None:
        """Return whom people may write to; the address of the sample reaches nobody."""
        it = self.settings
        if not it.organiser_email or "organiser_email" in self.samples:
            return None
        return Organiser(
            it.organiser_name,
            it.organiser_email,
            it.organiser_phone,
            it.organiser_hours,
        )


def seed_of(course: Course) -> Settings:
    """Return what `course.md` says."""
    organiser, operator = course.organiser, course.operator
    return Settings(
        organiser_name=organiser.name if organiser else "",
        organiser_email=organiser.email if organiser else "",
        organiser_phone=(organiser and organiser.phone) or "",
        organiser_hours=(organiser and organiser.hours) or "",
        issuer=course.issuer or "",
        signer=course.signer,
        signer_position=course.signer_position or "",
        hours=course.hours,
        join=course.join or "",
        join_html=course.join_html,
        operator_name=operator.name if operator else "",
        operator_address=operator.address if operator else "",
        operator_contact=operator.contact if operator else "",
    )


def in_force(course: Course, number: int, saved: Settings | None) -> SettingsInForce:
    """Put what was saved in the place of what `course.md` says, and find samples."""
    seed = seed_of(course)
    settings = saved or seed
    fine = NO_SAMPLES | CONFIRMED_BY_SAVING if saved else NO_SAMPLES
    samples = {
        name
        for name in LABELS.keys() - fine
        if course.sample and (word := getattr(seed, name))
        if getattr(settings, name) == word
    }
    return SettingsInForce(number, settings, frozenset(samples))
