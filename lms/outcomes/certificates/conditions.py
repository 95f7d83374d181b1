"""What the certificate asks of a person, and how far each thing is.

The rule is the one that the cohort froze, the facts are credits and self-checks:
nothing that is decided later about a lesson makes a complete person incomplete.
"""

import enum
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from lms.core.language import NBSP, day, today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import CompletionRule, RuleModule, frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.wording import quoted
from lms.schools.teams.models import Team
from lms.work.credits.gradebook import Gradebook, Person, read_gradebook
from lms.work.submissions.models import Status


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


OF_STATUS = {
    Status.DRAFT: (Look.TO_DO, "ответ ещё не отправлен"),
    Status.RETURNED: (Look.RETURNED, "вернули на доработку"),
    Status.WAITING: (Look.WAITING, "отправлена, ждёт проверки"),
    # Accepted, and yet this person has no credit.
    Status.ACCEPTED: (
        Look.LATER,
        "зачтена команде до вступления в неё; засчитать может тьютор",
    ),
}
NOT_OPEN_YET = Condition(
    "Поток", None, "ещё не открыт; условия появятся, когда он откроется", Look.LATER
)


def conditions_of(user: User, team: Team) -> list[Condition]:
    """Return every condition of a member, met or not; four statements."""
    person = Person(user.id, team.id, team.cohort_id)
    gradebook = read_gradebook([team.cohort_id], person=person)
    return compare(person, frozen_rule(team.cohort), gradebook)


def unmet_conditions(user: User, team: Team) -> list[Condition]:
    """Return what still keeps a member from the certificate; four statements."""
    return [c for c in conditions_of(user, team) if not c.is_met]


def optional_modules(cohort: Cohort) -> list[RuleModule]:
    """Return the modules of a cohort that never block a certificate."""
    rule = frozen_rule(cohort)
    return rule.optional if rule else []


def by_lesson(conditions: Iterable[Condition]) -> list[tuple[str, list[Condition]]]:
    """Group conditions under the titles of their lessons, in the order of the course.

    A lesson that is still closed says so once, for its work and its self-check.
    """
    lessons = []
    for lesson, group in groupby(conditions, key=lambda one: one.lesson):
        parts = list(group)
        closed = all(part.look is Look.LATER for part in parts)
        if closed and len(parts) > 1 and parts[0].state == parts[1].state:
            parts = [replace(parts[0], what="Работа и самопроверка")]
        lessons.append((lesson.label if lesson else "", parts))
    return lessons


def compare(
    person: Person, rule: CompletionRule | None, gradebook: Gradebook
) -> list[Condition]:
    """Compare a person with the rule of the cohort; asks the database nothing."""
    if rule is None:
        return [NOT_OPEN_YET]
    return list(_conditions(person, rule, gradebook))


def _conditions(
    person: Person, rule: CompletionRule, gradebook: Gradebook
) -> Iterator[Condition]:
    for module in rule.modules:
        if module.work_required:
            yield _work_condition(person, module, gradebook)
        if module.quiz_required:
            yield _quiz_condition(person, module, rule.quiz_percent, gradebook)


def _work_condition(
    person: Person, lesson: RuleModule, gradebook: Gradebook
) -> Condition:
    merit = gradebook.merit(person, lesson.module_id)
    work = gradebook.work(person, lesson.module_id)
    places: dict[str, Place | None] = {}
    if work:
        values = {"submission_id": work.submission_id}
        desk = Place("reviews.desk", values) if work.was_sent else None
        places = {"place": Place("submissions.work", values), "staff_place": desk}
    if merit:
        excused = f"засчитана тьютором: {merit.reason}"
        state = excused if merit.is_excused else "зачтена"
        return Condition("Работа", lesson, state, Look.MET, **places)
    if work:
        look, state = OF_STATUS[work.status]
        return Condition("Работа", lesson, state, look, **places)
    start = Place("modules.read", {"slug": lesson.slug})
    begin = Condition("Работа", lesson, "не начата", Look.TO_DO, start)
    return _unless_closed(begin, lesson, person, gradebook)


def _quiz_condition(
    person: Person, lesson: RuleModule, needed: int, gradebook: Gradebook
) -> Condition:
    quiz = Place("quizzes.take", {"slug": lesson.slug})
    condition = partial(Condition, "Самопроверка", lesson, place=quiz)
    best = gradebook.percent(person, lesson.module_id)
    if best is None:
        state = f"не пройдена, нужно от {needed}{NBSP}%"
        return _unless_closed(condition(state, Look.TO_DO), lesson, person, gradebook)
    if best < needed:
        state = f"лучший результат {best}{NBSP}%, нужно от {needed}{NBSP}%"
        return condition(state, Look.TO_DO)
    return condition(f"пройдена, {best}{NBSP}%", Look.MET)


def _unless_closed(
    begin: Condition, lesson: RuleModule, person: Person, gradebook: Gradebook
) -> Condition:
    """Ask to begin where the lesson can be read; else say when it opens."""
    opening = gradebook.opening(person, lesson.module_id)
    if opening and opening.opens_on > today():
        state = f"занятие откроется {day(opening.opens_on)}"
    elif opening is None or not opening.is_live:
        state = "занятие сейчас не опубликовано"
    else:
        return begin
    return replace(begin, state=state, look=Look.LATER, place=None)
