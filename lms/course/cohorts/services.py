"""Everything that can happen to a cohort."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.course.cohorts.calendar import Change, Dates, calendar_rows, mark, moved_rows
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.cohorts.programme import calendar_of
from lms.course.cohorts.rule import CompletionRule, make_rule
from lms.course.cohorts.signals import calendar_changed
from lms.course.content.course import Calendar
from lms.course.content.holidays import Break
from lms.course.modules.models import Module
from lms.course.modules.services import current_course
from lms.course.settings.services import current_settings
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import TUTORS, among
from lms.identity.audit.services import record

logger = logging.getLogger(__name__)


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
    plan, breaks = _course_calendar(calendar)
    if plan is None:
        raise RuleError("Такого календаря в курсе больше нет. Выберите другой.")
    cohort = Cohort(name=name, calendar=calendar, starts_on=starts_on)
    cohort.form_key = form_key
    db.session.add(cohort)
    _flush_name(name)
    _write(cohort, calendar_rows(plan, starts_on, breaks, past_holidays=past_holidays))
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
        plan, breaks = _course_calendar(cohort.calendar)
        days = {"start": cohort.starts_on, "new_start": starts_on}
        _write(cohort, moved_rows(cohort.dates, plan, breaks=breaks, **days))
    for key, value in new.items():
        setattr(cohort, key, value)
    _flush_name(cohort.name)
    record(actor.id, "изменён поток", cohort, before=before, after=_facts(cohort))
    db.session.commit()


STARTED = (
    "Поток уже открыт, и его начало не переносят."
    " Даты отдельных модулей можно изменить в календаре."
)


def change_dates(cohort: Cohort, *, changes: Sequence[Change], actor: User) -> None:
    """Change the days of single modules; the others stay as somebody else left them.

    Two people who change one module never overwrite each other: the second one is
    refused and sees both. A module may leave the calendar only before the cohort
    opens: later there may be work on it.
    """
    lock_cohort(cohort)
    rows: dict[str, Dates | None] = {row.slug: row for row in cohort.dates}
    for slug, seen, wanted in changes:
        if mark(rows.get(slug)) not in {seen, mark(wanted)}:
            raise RuleError(
                "Пока вы правили даты, кто-то ещё изменил те же модули. У них написано,"
                " что в календаре сейчас. Проверьте и сохраните ещё раз."
            )
        if wanted is None and slug in rows and not cohort.is_planned:
            raise RuleError(
                "Поток уже открыт, и модуль из календаря не убирают: по нему может идти"
                " работа. Верните дату открытия или перенесите её."
            )
    before = _days(cohort)
    rows |= {change.slug: change.wanted for change in changes}
    _write(cohort, [row for row in rows.values() if row])
    after = _days(cohort)
    if after != before:
        record(actor.id, "изменён календарь", cohort, before=before, after=after)
    db.session.commit()


def holidays() -> list[Break]:
    """Return the holidays of the course: none before its first import."""
    course = current_course()
    return course.breaks if course else []


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
        raise RuleError("В календаре потока нет ни одного готового модуля.")
    if cohort.is_planned and rule.fingerprint != seen:
        raise RuleError(
            "Пока вы читали, модули курса изменились, и правило стало другим."
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
    record(actor.id, "завершён поток", cohort)
    db.session.commit()


def reopen_cohort(cohort: Cohort, *, actor: User) -> None:
    """Take the end of a cohort back; its rule stays as it was frozen."""
    if not _change_state(cohort, CohortState.CLOSED, CohortState.OPEN):
        raise RuleError("Возобновить можно только завершённый поток.")
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


def lock_cohort(cohort: Cohort) -> None:
    """Read the row anew and hold it, so that changes of one cohort come in turn.

    Others may still add rows that belong to the cohort, such as credits. Who needs a
    work of the cohort as well locks the cohort first.
    """
    db.session.refresh(cohort, with_for_update={"key_share": True})


def _flush_name(name: str) -> None:
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(f"Поток «{name}» уже есть. Назовите этот иначе.") from None


def _course_calendar(key: str) -> tuple[Calendar | None, list[Break]]:
    course = current_course()
    return (course.calendars.get(key), course.breaks) if course else (None, [])


def _write(cohort: Cohort, dates: Sequence[Dates]) -> None:
    modules = {m.slug: m for m in db.session.scalars(sa.select(Module))}
    rows = {row.module.slug: row for row in cohort.rows}
    kept = []
    due_days = {}
    for slug, opens_on, due_on in dates:
        if slug not in modules:
            continue
        row = rows.get(slug) or CalendarRow(module=modules[slug])
        if slug in rows and row.due_on != due_on:
            due_days[row.module_id] = (row.due_on, due_on)
        row.position = modules[slug].position
        row.opens_on, row.due_on = opens_on, due_on
        kept.append(row)
    cohort.rows = kept
    calendar_changed.send(cohort, due_days=due_days)


def _facts(cohort: Cohort) -> dict[str, Any]:
    return {
        "название": cohort.name,
        "календарь": cohort.calendar,
        "начало": cohort.starts_on.isoformat(),
        "дней на доработку": cohort.return_days,
        "на второе чтение, %": cohort.second_share,
        "порог разницы, баллов": cohort.second_threshold,
    }


def _days(cohort: Cohort) -> dict[str, Any]:
    return {
        slug: f"{opens_on} – {due_on or 'без срока'}"
        for slug, opens_on, due_on in cohort.dates
    }
