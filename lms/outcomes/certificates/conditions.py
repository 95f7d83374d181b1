"""What the certificate asks of a person, and how far each thing is.

The rule is the one that the cohort froze, the facts are credits and self-checks:
nothing that is decided later about a lesson makes a complete person incomplete.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from lms.core.language import NBSP, day, today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import CompletionRule, RuleModule, frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.condition import QUIZ, WORK, Condition, Look, Place
from lms.outcomes.certificates.webinars import webinar_condition
from lms.review.appeals.hearing import is_disputed
from lms.review.reviews.permissions import is_kept_from
from lms.schools.meetings.counting import NO_WEBINARS, Webinars, read_webinars
from lms.schools.teams.models import Membership, Team
from lms.work.credits.gradebook import Gradebook, Participant, read_gradebook
from lms.work.credits.schedule import ScheduledModule, schedule_of
from lms.work.credits.state import State
from lms.work.quizzes.services import best_percents

OF_STATE = {
    State.DRAFT: (Look.TO_DO, "ответ ещё не отправлен"),
    State.RETURNED: (Look.RETURNED, "вернули на доработку"),
    State.DISPUTED: (Look.WAITING, "вернули на доработку, решение пересматривают"),
    State.WAITING: (Look.WAITING, "отправлена, ждёт проверки"),
    # Decided, and kept from the one who looks: the second reader, maybe.
    State.SECOND: (Look.WAITING, "ждёт второго чтения"),
    # Accepted, and yet this person has no credit.
    State.ACCEPTED: (
        Look.LATER,
        "зачтена команде до вступления в неё; засчитать может тьютор",
    ),
}
NOT_OPEN_YET = Condition(
    "Поток", None, "ещё не открыт; условия появятся, когда он откроется", Look.LATER
)


class Record(NamedTuple):
    """What the rule is compared with, of one person or of many."""

    gradebook: Gradebook
    # The best result in a self-check, by cohort, person and module.
    percents: dict[tuple[int, int | None, int], int]
    # By cohort and module.
    schedule: dict[tuple[int, int], ScheduledModule]
    webinars: Webinars = NO_WEBINARS


def read_record(
    cohorts: Sequence[Cohort],
    viewer: User | None,
    *,
    only: Participant | None = None,
    team_id: int | None = None,
) -> Record:
    """Read about everybody in some cohorts, a team or a person; four statements.

    Where a rule asks for a webinar, there are three more.

    What a second reader may not know yet, the record does not tell a viewer.
    """
    ids = [cohort.id for cohort in cohorts]
    schedule = {
        (cohort_id, one.module.id): one
        for cohort_id, modules in schedule_of(cohorts).items()
        for one in modules
    }
    return Record(
        read_gradebook(
            ids,
            disputed=is_disputed(),
            secret=is_kept_from(viewer),
            only=only,
            team_id=team_id,
        ),
        best_percents(ids, only.user_id if only else None, team_id),
        schedule,
        _webinars(cohorts, only, team_id),
    )


def _webinars(
    cohorts: Sequence[Cohort], only: Participant | None, team_id: int | None
) -> Webinars:
    rules = {cohort.id: frozen_rule(cohort) for cohort in cohorts}
    asking = [key for key, rule in rules.items() if rule and rule.webinars]
    if not asking:
        return NO_WEBINARS
    teams = sa.select(Team.id).where(Team.cohort_id.in_(asking))
    if here := only.team_id if only else team_id:
        teams = teams.where(Team.id == here)
    return read_webinars(asking, user_id=only.user_id if only else None, team_ids=teams)


def conditions_of(membership: Membership, viewer: User) -> list[Condition]:
    """Return every condition of a member, met or not; four statements."""
    person, cohort = Participant.of(membership), membership.team.cohort
    record = read_record([cohort], viewer, only=person)
    return compare(person, frozen_rule(cohort), record)


def unmet_conditions(membership: Membership, viewer: User) -> list[Condition]:
    """Return what still keeps a member from the certificate; four statements."""
    return [c for c in conditions_of(membership, viewer) if not c.is_met]


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
    person: Participant, rule: CompletionRule | None, record: Record
) -> list[Condition]:
    """Compare a person with the rule of the cohort; asks the database nothing."""
    if rule is None:
        return [NOT_OPEN_YET]
    return list(_conditions(person, rule, record))


def _conditions(
    person: Participant, rule: CompletionRule, record: Record
) -> Iterator[Condition]:
    for module in rule.modules:
        if module.work_required:
            yield _work_condition(person, module, record)
        if module.quiz_required:
            yield _quiz_condition(person, module, rule.quiz_percent, record)
        if module.webinar_percent:
            key = person.cohort_id, person.user_id, module.module_id
            percent = record.percents.get(key, 0)
            has_passed = percent >= rule.quiz_percent
            found = record.webinars
            yield webinar_condition(person, module, found, has_passed=has_passed)


def _work_condition(
    person: Participant, lesson: RuleModule, record: Record
) -> Condition:
    excuse = record.gradebook.credit(person, lesson.module_id)
    work = record.gradebook.work(person, lesson.module_id)
    places: dict[str, Any] = {}
    if work:
        values = {"submission_id": work.id}
        desk = Place("reviews.desk", values) if work.sent_at else None
        places = {"place": Place("submissions.work", values), "staff_place": desk}
    is_kept = work is not None and work.is_secret
    if excuse or (excuse is not None and not is_kept):
        state = f"засчитана тьютором: {excuse}" if excuse else "зачтена"
        return Condition(WORK, lesson, state, Look.MET, **places)
    if work:
        look, state = OF_STATE[work.state]
        return Condition(WORK, lesson, state, look, **places)
    start = Place("modules.read", {"slug": lesson.slug})
    begin = Condition(WORK, lesson, "не начата", Look.TO_DO, start)
    return _unless_closed(begin, lesson, person, record)


def _quiz_condition(
    person: Participant, lesson: RuleModule, needed: int, record: Record
) -> Condition:
    quiz = Place("quizzes.take", {"slug": lesson.slug})
    best = record.percents.get((person.cohort_id, person.user_id, lesson.module_id))
    condition = partial(Condition, QUIZ, lesson, place=quiz, percent=best)
    if best is None:
        state = f"не пройдена, нужно от {needed}{NBSP}%"
        return _unless_closed(condition(state, Look.TO_DO), lesson, person, record)
    if best < needed:
        state = f"лучший результат {best}{NBSP}%, нужно от {needed}{NBSP}%"
        return condition(state, Look.TO_DO)
    return condition(f"пройдена, {best}{NBSP}%", Look.MET)


def _unless_closed(
    begin: Condition, lesson: RuleModule, person: Participant, record: Record
) -> Condition:
    """Ask to begin where the lesson can be read; else say when it opens."""
    scheduled = record.schedule.get((person.cohort_id, lesson.module_id))
    if scheduled and scheduled.opens_on > today():
        state = f"занятие откроется {day(scheduled.opens_on)}"
    elif scheduled is None or not scheduled.is_open:
        state = "занятие сейчас не опубликовано"
    else:
        return begin
    return replace(begin, state=state, look=Look.LATER, place=None)
