"""Who has the work of a module: by an accepted work, or excused by a tutor."""

import logging
from collections.abc import Sequence

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import can_lead
from lms.course.cohorts.rule import RuleModule, frozen_rule
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.review.reviews.permissions import is_kept_from
from lms.schools.meetings.models import AttendanceExcuse
from lms.schools.teams.models import Membership, Team
from lms.work.credits.earlier import earlier_works
from lms.work.credits.models import Credit
from lms.work.submissions.models import Submission

logger = logging.getLogger(__name__)

MAX_REASON = 1000


def people_of(submission: Submission) -> Sequence[User]:
    """Return whose work it is now: the members of the team, or the one person."""
    if submission.user:
        return [submission.user]
    return db.session.scalars(
        sa.select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == submission.team_id, Membership.left_at.is_(None))
        .order_by(User.id)
    ).all()


def credit_people(submission: Submission, people: Sequence[User]) -> None:
    """Credit an accepted work to people, once for each module; no commit."""
    for person in people:
        _write(
            user_id=person.id,
            cohort_id=submission.cohort_id,
            module_id=submission.module_id,
            submission_id=submission.id,
        )


def owed_by(user: User, cohort: Cohort, *, viewer: User) -> list[RuleModule]:
    """Return the modules whose work the certificate asks of a person, still open.

    What is kept from the viewer is not among them: whether it is there would say how
    the first tutor decided.
    """
    rule = frozen_rule(cohort)
    credits = sa.select(Credit.module_id).where(
        Credit.user_id == user.id, Credit.cohort_id == cohort.id
    )
    kept = _kept_modules(user, cohort, viewer)
    closed = set(db.session.scalars(sa.union(credits, kept)))
    return [m for m in rule.required if m.module_id not in closed] if rule else []


def _kept_modules(user: User, cohort: Cohort, viewer: User) -> sa.Select[int]:
    """Find the modules in which a viewer may have to read a work a second time."""
    here = Submission.cohort_id == cohort.id
    teams = sa.select(Membership.team_id).where(Membership.user_id == user.id)
    is_theirs = sa.or_(Submission.team_id.in_(teams), Submission.user_id == user.id)
    return sa.select(Submission.module_id).where(here, is_theirs, is_kept_from(viewer))


def excuse_member(
    user: User, module: Module, cohort: Cohort, *, tutor: User, reason: str
) -> Credit:
    """Release one person from the work of a module, with a reason that is stored.

    Somebody who joined late or came back need not repeat what the team has done. What
    was accepted in an earlier cohort is credited by the lead tutor.
    """
    reason = _checked(reason)
    if module.id in db.session.scalars(_kept_modules(user, cohort, tutor)).all():
        raise RuleError("Эту работу ждёт второе чтение: засчитайте её после него.")
    _check_took_part(user, cohort)
    earlier = earlier_works(user, cohort, [module.id]).get(module.id)
    if earlier and not can_credit_earlier(tutor, cohort):
        raise RuleError(
            f"Эта работа уже была зачтена ({earlier.words}). Прежнее засчитывает"
            " ведущий тьютор потока."
        )
    credit = _write(
        user_id=user.id,
        cohort_id=cohort.id,
        module_id=module.id,
        excused_by_id=tutor.id,
        reason=reason,
    )
    if credit is None:
        db.session.rollback()
        raise RuleError("Эта работа уже зачтена.")
    facts = {"занятие": module.slug, "поток": cohort.name, "причина": reason}
    if earlier:
        facts["прежняя работа"] = earlier.words
    record(tutor.id, "работа зачтена без сдачи", user, after=facts)
    db.session.commit()
    logger.info("user %s: excused from module %s", user.id, module.id)
    return credit


def can_credit_earlier(tutor: User, cohort: Cohort) -> bool:
    """The lead tutor does; without one, whoever judges in the cohort."""
    return cohort.lead_id is None or can_lead(tutor, cohort)


def webinars_owed_by(user: User, cohort: Cohort) -> list[RuleModule]:
    """Return the modules whose webinar the certificate asks for, not excused."""
    rule = frozen_rule(cohort)
    excused = sa.select(AttendanceExcuse.module_id).where(
        AttendanceExcuse.user_id == user.id, AttendanceExcuse.cohort_id == cohort.id
    )
    closed = set(db.session.scalars(excused)) if rule and rule.webinars else set()
    return [m for m in rule.webinars if m.module_id not in closed] if rule else []


def excuse_from_webinar(
    user: User, module: Module, cohort: Cohort, *, tutor: User, reason: str
) -> None:
    """Release one person from the webinar of a module, with a reason that is stored."""
    reason = _checked(reason)
    _check_took_part(user, cohort)
    excuse = AttendanceExcuse(
        user_id=user.id,
        cohort_id=cohort.id,
        module_id=module.id,
        excused_by_id=tutor.id,
        reason=reason,
    )
    try:
        with db.session.begin_nested():
            db.session.add(excuse)
    except sa.exc.IntegrityError:
        db.session.rollback()
        raise RuleError("Этот вебинар уже засчитан.") from None
    facts = {"занятие": module.slug, "поток": cohort.name, "причина": reason}
    record(tutor.id, "вебинар засчитан без участия", user, after=facts)
    db.session.commit()
    logger.info("user %s: excused from the webinar of %s", user.id, module.id)


def _checked(reason: str) -> str:
    """Return a reason that says something and is not too long."""
    reason = reason.strip()
    if not reason:
        raise RuleError(
            "Напишите, почему человеку засчитывают: причину увидят в журнале."
        )
    if len(reason) > MAX_REASON:
        raise RuleError(f"Причина длиннее {MAX_REASON} знаков. Сократите её.")
    return reason


def _check_took_part(user: User, cohort: Cohort) -> None:
    if not _took_part(user, cohort):
        raise RuleError("Этот человек не состоит в командах потока.")


def _took_part(user: User, cohort: Cohort) -> bool:
    member = sa.select(Membership.id).join(Team, Team.id == Membership.team_id)
    here = member.where(Membership.user_id == user.id, Team.cohort_id == cohort.id)
    return db.session.scalar(here.limit(1)) is not None


def _write(**facts: object) -> Credit | None:
    """Add a credit unless the person has it; the unique constraint decides."""
    credit = Credit(**facts)
    try:
        with db.session.begin_nested():
            db.session.add(credit)
    except sa.exc.IntegrityError:
        return None
    return credit
