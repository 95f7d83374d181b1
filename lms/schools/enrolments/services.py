"""Everything that can happen to an uploaded list."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer, joinedload

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.retention import forget_after
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.enrolments.carrying import carry_out
from lms.schools.enrolments.headings import choose_columns, unneeded
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.plan import Plan, make_plan
from lms.schools.enrolments.tables import Line, lines_of, read_table
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.newcomers.letters import ask_for_letters

logger = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(days=7)
CONFIRMED = "Этот список уже подтверждён."
ENDED = "Поток завершён, новых людей в него не зачисляют."
CHANGED_MEANWHILE = (
    "Пока вы смотрели на список, команды потока изменились. Ничего не сохранено:"
    " список ниже сверен заново, проверьте его ещё раз."
)
# They are full of other people's names.
forget_after(
    FORGOTTEN_AFTER,
    Enrolment.created_at,
    Enrolment.confirmed_at.is_(None),
    what="списки людей, которые не подтвердили",
)


def upload_list(
    cohort: Cohort,
    *,
    content: bytes,
    name: str,
    author: User,
    form_key: str | None = None,
) -> Enrolment:
    """Keep a list to be looked at; nothing that it says happens yet."""
    if cohort.is_closed:
        raise RuleError(ENDED)
    cohort_id, author_id = cohort.id, author.id
    db.session.rollback()  # hold no transaction while the file is read
    table = read_table(content)
    if known := added_before(Enrolment, form_key):
        return known
    enrolment = Enrolment(
        cohort_id=cohort_id,
        author_id=author_id,
        name=name[-200:],
        lines=table.rows,
        header=table.headings.line,
        places={} if table.headings.questions else table.headings.places,
        ignored=table.ignored,
        form_key=form_key,
    )
    db.session.add(enrolment)
    db.session.commit()
    logger.info("enrolment %s: uploaded by user %s", enrolment.id, author_id)
    return enrolment


def plan_of(enrolment: Enrolment) -> Plan:
    """Tell what the list would change if it were confirmed now."""
    lines = lines_of(
        enrolment.lines, enrolment.header, enrolment.places, enrolment.for_all
    )
    return make_plan(lines, enrolment.cohort, enrolment.same_schools)


def understand_columns(
    enrolment: Enrolment,
    *,
    header: int,
    chosen: Sequence[str],
    for_all: Mapping[str, str] | None = None,
) -> None:
    """Take the columns of a list for what a person says they are.

    `for_all` says what is the same in all lines and stands in no column.
    """
    if enrolment.is_confirmed:
        raise RuleError(CONFIRMED)
    for_all = dict(for_all or {})
    places = choose_columns(chosen, for_all)
    if not lines_of(enrolment.lines, header, places):
        raise RuleError("Под этой строкой нет людей: выберите строку выше.")
    headings: list[str] = dict(enrolment.lines).get(header, [])
    enrolment.header, enrolment.places = header, places
    enrolment.for_all = for_all
    enrolment.ignored = unneeded(headings, places)
    db.session.commit()


def say_same_schools(enrolment: Enrolment, *, chosen: Collection[str]) -> None:
    """Remember which schools of a list are others, only written differently."""
    if enrolment.is_confirmed:
        raise RuleError(CONFIRMED)
    asked = {
        twin.key: [twin.other_name, twin.other_municipality, twin.label]
        for twin in plan_of(enrolment).twins
    } | enrolment.same_schools
    enrolment.same_schools = {key: asked[key] for key in asked if key in chosen}
    db.session.commit()


def refused_of(enrolment: Enrolment) -> list[tuple[Line, str]]:
    """Return the lines that are refused and why, before and after the confirmation."""
    if enrolment.is_confirmed:
        return [(Line(n, cells), reason) for n, cells, reason in enrolment.refused]
    return [(found.line, found.reason) for found in plan_of(enrolment).refused]


def confirm_list(
    enrolment: Enrolment,
    *,
    seen: str,
    remove: Collection[str],
    also: Collection[str] = (),
    actor: User,
) -> Plan:
    """Do what the list says, once.

    The conditional update has one winner among those who press at the same time.
    Then the cohort is held, and the list is compared anew: the admin agreed to the
    plan that the page showed (`seen` is its fingerprint), so another one is shown
    first instead of being carried out behind the admin's back. Of the people of other
    cohorts only those come in who were ticked (`also`, by address).
    """
    confirmed = db.session.scalar(
        sa.update(Enrolment)
        .where(Enrolment.id == enrolment.id, Enrolment.confirmed_at.is_(None))
        .values(confirmed_at=utcnow())
        .returning(Enrolment.id)
    )
    if confirmed is None:
        db.session.rollback()
        raise RuleError(CONFIRMED)
    db.session.refresh(enrolment.cohort, with_for_update=True)
    plan = plan_of(enrolment)
    if enrolment.cohort.is_closed or plan.fingerprint != seen:
        ended = enrolment.cohort.is_closed
        db.session.rollback()
        raise RuleError(ENDED if ended else CHANGED_MEANWHILE)
    plan = plan.settle(also)
    try:
        carry_out(plan, enrolment.cohort, remove=remove, actor=actor)
        _keep_outcome(enrolment, plan)
        record(actor.id, "подтверждён список", enrolment, after=_facts(plan, remove))
        ask_for_letters(enrolment.cohort_id)
        db.session.commit()
    except IntegrityError:
        db.session.rollback()
        raise RuleError(CHANGED_MEANWHILE) from None
    logger.info("enrolment %s: confirmed by user %s", enrolment.id, actor.id)
    return plan


def discard_list(enrolment: Enrolment) -> None:
    """Forget a list that was not confirmed."""
    forgotten = db.session.scalar(
        sa.delete(Enrolment)
        .where(Enrolment.id == enrolment.id, Enrolment.confirmed_at.is_(None))
        .returning(Enrolment.id)
    )
    if forgotten is None:
        db.session.rollback()
        raise RuleError(CONFIRMED)
    db.session.commit()


def _keep_outcome(enrolment: Enrolment, plan: Plan) -> None:
    """Keep what was refused; who was accepted is in the teams now, not in the list."""
    enrolment.refused = [
        [found.line.number, found.line.cells, found.reason] for found in plan.refused
    ]
    counts = plan.counts.items()
    enrolment.counts = {v.name: n for v, n in counts if v is not Verdict.ALSO}
    enrolment.lines = []


def _facts(plan: Plan, remove: Collection[str]) -> dict[str, Any]:
    return {
        **{verdict.value: count for verdict, count in plan.counts.items()},
        "новые школы": [entry.school for entry in plan.new_schools.values()],
        "новые команды": [entry.team for entry in plan.new_teams.values()],
        "тьюторы": sorted({tutor.full_name for tutor in plan.tutors.values()}),
        "убраны": [a.full_name for a in plan.absent if a.key in remove],
    }


def lists_of(cohort: Cohort) -> list[Enrolment]:
    """Return the lists of a cohort, the newest first; without their lines."""
    return list(
        db.session.scalars(
            sa.select(Enrolment)
            .where(Enrolment.cohort_id == cohort.id)
            .order_by(Enrolment.id.desc())
            .limit(10)
            .options(defer(Enrolment.lines), joinedload(Enrolment.author))
        )
    )
