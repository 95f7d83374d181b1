"""One condition of the certificate: what it is about, how far it is, where to go."""

import enum
from dataclasses import dataclass
from typing import Any, NamedTuple

from lms.course.cohorts.rule import RuleModule
from lms.outcomes.certificates.wording import quoted


class Place(NamedTuple):
    """Where a condition is dealt with: an endpoint and what its address needs."""

    endpoint: str
    values: dict[str, Any]


class Look(enum.Enum):
    """Whose move it is; the value is a part of the name of a style."""

    MET = "met"
    TO_DO = "to-do"
    RETURNED = "returned"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True)
class Condition:
    """One thing that the certificate asks for, and how far it is."""

    what: str
    lesson: RuleModule | None
    state: str
    look: Look
    # Where the person goes, and where a tutor sees the same.
    place: Place | None = None
    staff_place: Place | None = None
    # The best result of a self-check, between the person and staff.
    percent: int | None = None

    @property
    def is_met(self) -> bool:
        return self.look is Look.MET

    @property
    def sentence(self) -> str:
        """«Работа занятия 4 «Наставничество»: не начата»."""
        if self.lesson is None:
            return f"{self.what}: {self.state}"
        number = f"{self.lesson.position} " if self.lesson.position else ""
        title = quoted(self.lesson.title)
        return f"{self.what} занятия {number}{title}: {self.state}"


# What a condition is about.
WORK, QUIZ, WEBINAR = "Работа", "Самопроверка", "Вебинар"
