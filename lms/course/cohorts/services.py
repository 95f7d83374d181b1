"""Everything that can happen to a cohort."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.cohorts.calendar import calendar_rows, moved_rows
from lms.course.cohorts.dates import course_calendar, write_dates
from lms.course.cohorts.lock import lock_cohort
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.programme import calendar_of
from lms.course.cohorts.rule import CompletionRule, make_rule
from lms.course.cohorts.signals import cohort_closed, cohort_reopened
from lms.course.modules.services import current_course
from lms.course.settings.services import current_settings
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import TUTORS, among
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)

STARTED = (
    "Поток уже открыт, и его начало не переносят."
    " Даты отдельных занятий можно изменить в календаре."
)


def create_cohort(
    *,
    name: str,
    calendar: str,
    starts_on: date,
    past_holidays: bool = False,
    actor: User,
    form_key: str | None = None,
) -> Cohort:
    """Plan a cohort: every module of a calendar that the site has gets its days."""
    if known := added_before(Cohort, form_key):
        return known
    plan, breaks = course_calendar(calendar)
    if plan is None:
        raise RuleError("Такого календаря в курсе больше нет. Выберите другой.")
    cohort = Cohort(name=name, calendar=calendar, starts_on=starts_on)
    cohort.form_key = form_key
    db.session.add(cohort)
    _flush_name(name)
    write_dates(
        cohort, calendar_rows(plan, starts_on, breaks, past_holidays=past_holidays)
    )
    record(actor.id, "создан поток", cohort, after=_facts(cohort))
    db.session.commit()
    logger.info("cohort %s: created by user %s", cohort.id, actor.id)
    return cohort


def edit_cohort(
    cohort: Cohort,
    wanted: Mapping[str, Any],
    *,
    seen: Mapping[str, str] | None = None,
    actor: User,
) -> None:
    """Change columns of a cohort; the first day of a planned one moves its calendar.

    What is wanted as the page showed it (`seen`) stays as somebody else left it since.
    """
    lock_cohort(cohort)
    before, shown = _facts(cohort), seen or {}
    new = {key: value for key, value in wanted.items() if shown.get(key) != str(value)}
    starts_on = new.get("starts_on", cohort.starts_on)
    if starts_on != cohort.starts_on:
        if not cohort.is_planned:
            raise RuleError(STARTED)
        plan, breaks = course_calendar(cohort.calendar)
        days = {"start": cohort.starts_on, "new_start": starts_on}
        write_dates(cohort, moved_rows(cohort.dates, plan, breaks=breaks, **days))
    for key, value in new.items():
        setattr(cohort, key, value)
    _flush_name(cohort.name)
    record(actor.id, "изменён поток", cohort, before=before, after=_facts(cohort))
    db.session.commit()


def available_tutors() -> list[User]:
    """Return everybody who may review, by name."""
    tutors = sa.select(User).where(among(TUTORS))
    return list(db.session.scalars(tutors.order_by(User.full_name, User.id)))


def planned_rule(cohort: Cohort) -> CompletionRule | None:
    """Return the rule that opening the cohort would freeze; None without a course."""
    course, now = current_course(), current_settings()
    if course is None or now is None:
        return None
    modules = [module for module, _ in calendar_of(cohort)]
    return make_rule(course, now.settings, modules)


def open_cohort(cohort: Cohort, *, seen: str, actor: User) -> None:
    """Freeze the rule of completion and let the teams in.

    The admin agrees to the rule that the page showed (`seen` is its fingerprint); a
    module published in between must not change it behind the admin's back. Two
    admins may press at once: the conditional update has one winner.
    """
    lock_cohort(cohort)
    rule = planned_rule(cohort)
    if rule is None or not rule.modules:
        raise RuleError("В календаре потока нет ни одного готового занятия.")
    if cohort.is_planned and rule.fingerprint != seen:
        raise RuleError(
            "Пока вы читали, занятия курса изменились, и правило стало другим."
            " Оно ниже: прочитайте его ещё раз и откройте поток."
        )
    frozen = rule.model_dump(mode="json")
    values = {"opened_at": utcnow(), "rule": frozen}
    if not _change_state(cohort, CohortState.PLANNED, CohortState.OPEN, **values):
        raise RuleError("Поток уже открыт, его правило закреплено.")
    record(actor.id, "открыт поток", cohort, after=frozen)
    db.session.commit()
    logger.info("cohort %s: opened by user %s", cohort.id, actor.id)


def close_cohort(cohort: Cohort, *, actor: User) -> None:
    """End a cohort: what is done stays, nothing new is sent."""
    if not _change_state(cohort, CohortState.OPEN, CohortState.CLOSED):
        raise RuleError("Завершить можно только поток, который идёт.")
    cohort_closed.send(cohort)
    record(actor.id, "завершён поток", cohort)
    db.session.commit()


def reopen_cohort(cohort: Cohort, *, actor: User) -> None:
    """Take the end of a cohort back; its rule stays as it was frozen."""
    if not _change_state(cohort, CohortState.CLOSED, CohortState.OPEN):
        raise RuleError("Возобновить можно только завершённый поток.")
    cohort_reopened.send(cohort)
    record(actor.id, "возобновлён поток", cohort)
    db.session.commit()


def _change_state(
    cohort: Cohort, before: CohortState, after: CohortState, **values: Any
) -> bool:
    changed = db.session.scalar(
        sa.update(Cohort)
        .where(Cohort.id == cohort.id, Cohort.state == before)
        .values(state=after, **values)
        .returning(Cohort.id)
    )
    if changed is None:
        db.session.rollback()
    return changed is not None


def _flush_name(name: str) -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(f"Поток «{name}» уже есть. Назовите этот иначе.") from None


def _facts(cohort: Cohort) -> dict[str, Any]:
    return {
        "название": cohort.name,
        "календарь": cohort.calendar,
        "начало": cohort.starts_on.isoformat(),
        "дней на доработку": cohort.return_days,
        "на второе чтение, %": cohort.second_share,
        "порог разницы, баллов": cohort.second_threshold,
    }
