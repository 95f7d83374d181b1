"""What the certificate asks of a person, and how far each thing is.

The rule is the one that the cohort froze, the facts are credits and self-checks:
nothing that is decided later about a lesson makes a complete person incomplete.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from lms.accounts.models import User
from lms.certificates.ledger import Ledger, Person, read_ledger
from lms.certificates.wording import quoted
from lms.cohorts.models import Cohort
from lms.cohorts.rule import CompletionRule, RuleModule, frozen_rule
from lms.language import NBSP, day, today
from lms.submissions.models import Status
from lms.teams.models import Team


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

    subject: str
    state: str
    look: Look
    # Where the person goes, and where a tutor sees the same.
    place: Place | None = None
    staff_place: Place | None = None

    @property
    def is_met(self) -> bool:
        return self.look is Look.MET

    @property
    def sentence(self) -> str:
        return f"{self.subject}: {self.state}"


OF_STATUS = {
    Status.DRAFT: (Look.TO_DO, "ответ ещё не отправлен"),
    Status.RETURNED: (Look.RETURNED, "вернули на доработку"),
    Status.WAITING: (Look.WAITING, "отправлена, ждёт проверки"),
    # Accepted, and yet this person has no credit.
    Status.ACCEPTED: (
        Look.LATER,
        "зачтена команде раньше, чем в ней появился этот участник; решает тьютор",
    ),
}
NOT_OPEN_YET = Condition(
    "Поток", "ещё не открыт; условия появятся вместе с ним", Look.LATER
)


def conditions_of(user: User, team: Team) -> list[Condition]:
    """Return every condition of a member, met or not; four statements."""
    person = Person(user.id, team.id, team.cohort_id)
    ledger = read_ledger([team.cohort_id], person=person)
    return compare(person, frozen_rule(team.cohort), ledger)


def unmet_conditions(user: User, team: Team) -> list[Condition]:
    """Return what still keeps a member from the certificate; four statements."""
    return [c for c in conditions_of(user, team) if not c.is_met]


def optional_modules(cohort: Cohort) -> list[RuleModule]:
    """Return the modules of a cohort that never block a certificate."""
    rule = frozen_rule(cohort)
    return rule.optional if rule else []


def compare(
    person: Person, rule: CompletionRule | None, ledger: Ledger
) -> list[Condition]:
    """Compare a person with the rule of the cohort; asks the database nothing."""
    if rule is None:
        return [NOT_OPEN_YET]
    return list(_conditions(person, rule, ledger))


def _conditions(
    person: Person, rule: CompletionRule, ledger: Ledger
) -> Iterator[Condition]:
    for module in rule.modules:
        if module.work_required:
            yield _work_condition(person, module, ledger)
        if module.quiz_required:
            yield _quiz_condition(person, module, rule.quiz_percent, ledger)


def _work_condition(person: Person, module: RuleModule, ledger: Ledger) -> Condition:
    subject = f"Работа {_of_lesson(module)}"
    merit = ledger.merit(person, module.module_id)
    work = ledger.work(person, module.module_id)
    places: dict[str, Place | None] = {}
    if work:
        values = {"submission_id": work.submission_id}
        desk = Place("reviews.desk", values) if work.was_sent else None
        places = {"place": Place("submissions.work", values), "staff_place": desk}
    if merit and merit.is_excused:
        state = f"засчитана тьютором: {merit.reason}"
        return Condition(subject, state, Look.MET, **places)
    if merit:
        return Condition(subject, "зачтена", Look.MET, **places)
    if work:
        look, state = OF_STATUS[work.status]
        return Condition(subject, state, look, **places)
    start = Place("modules.read", {"slug": module.slug})
    todo = Condition(subject, "не начата", Look.TO_DO, start)
    return _closed(subject, person, module, ledger) or todo


def _quiz_condition(
    person: Person, module: RuleModule, needed: int, ledger: Ledger
) -> Condition:
    subject = f"Самопроверка {_of_lesson(module)}"
    quiz = Place("quizzes.take", {"slug": module.slug})
    best = ledger.percent(person, module.module_id)
    if best is None:
        state = f"не пройдена, нужно от {needed}{NBSP}%"
        todo = Condition(subject, state, Look.TO_DO, quiz)
        return _closed(subject, person, module, ledger) or todo
    if best < needed:
        state = f"лучший результат {best}{NBSP}%, нужно от {needed}{NBSP}%"
        return Condition(subject, state, Look.TO_DO, quiz)
    return Condition(subject, f"пройдена, {best}{NBSP}%", Look.MET, quiz)


def _closed(
    subject: str, person: Person, module: RuleModule, ledger: Ledger
) -> Condition | None:
    """Say when a lesson opens; None when it can be read already."""
    opening = ledger.opening(person, module.module_id)
    if opening and opening.opens_on > today():
        state = f"занятие откроется {day(opening.opens_on)}"
        return Condition(subject, state, Look.LATER)
    if opening is None or not opening.is_live:
        return Condition(subject, "занятие сейчас не опубликовано", Look.LATER)
    return None


def _of_lesson(module: RuleModule) -> str:
    number = f"{module.position} " if module.position else ""
    return f"занятия {number}{quoted(module.title)}"
