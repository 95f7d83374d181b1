"""Who is how far from a certificate, and issuing it to those who are ready."""

from collections import Counter
from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import plural
from lms.core.mail import fate
from lms.course.cohorts.loading import get_run_cohort
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import can_run, run_cohorts
from lms.identity.accounts.permissions import STAFF, can_judge
from lms.outcomes.batches.services import last_batch, start_batch
from lms.outcomes.certificates import services
from lms.outcomes.certificates.candidates import Candidate, by_team, candidates_of
from lms.outcomes.certificates.condition import WORK, Condition
from lms.outcomes.certificates.conditions import (
    by_lesson,
    conditions_of,
    optional_modules,
)
from lms.outcomes.certificates.loading import get_membership
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.outcomes.certificates.permissions import can_amend, visible_certificates
from lms.outcomes.certificates.views.blueprint import bp
from lms.schools.teams.models import Membership
from lms.work.credits.earlier import earlier_works

NOBODY = "Выдавать некому: у всех готовых сертификаты уже есть."


@bp.get("/certificates/eligible")
@allow(STAFF)
def eligible() -> ResponseReturnValue:
    """Who in which team may have a certificate, and what the others lack."""
    ended = Cohort.state == CohortState.CLOSED
    query = run_cohorts(current_user).where(Cohort.rule.is_not(None))
    newest = query.order_by(ended, Cohort.starts_on.desc(), Cohort.id)
    cohorts = db.session.scalars(newest).all()
    asked = request.args.get("cohort", type=int)
    chosen = get_run_cohort(asked) if asked else None
    shown = [cohort for cohort in cohorts if cohort.is_open or cohort is chosen]
    candidates = candidates_of(shown, current_user)
    ready = Counter(one.team.cohort_id for one in candidates if one.is_ready)
    if chosen is None:
        best_first = sorted(cohorts, key=lambda cohort: not ready[cohort.id])
        chosen = next(iter(best_first), None)
    return render_template(
        "outcomes/certificates/eligible.html",
        cohorts=cohorts,
        chosen=chosen,
        ready=ready,
        teams=by_team(one for one in candidates if one.team.cohort is chosen),
        batch=last_batch(chosen, current_user) if chosen else None,
    )


@bp.post("/certificates/issue/<int:cohort_id>")
@allow(STAFF)
def issue_cohort(cohort_id: int) -> ResponseReturnValue:
    """Have a job issue to everybody in a cohort who is ready."""
    cohort = get_run_cohort(cohort_id)
    batch = start_batch(cohort, actor=current_user)
    if batch is None:
        flash(NOBODY, "warning")
        return redirect(url_for("certificates.eligible", cohort=cohort_id))
    return redirect(url_for("batches.batch", batch_id=batch.id))


@bp.post("/certificates/issue/<int:cohort_id>/teams/<int:team_id>")
@allow(STAFF)
def issue_team(cohort_id: int, team_id: int) -> ResponseReturnValue:
    """Issue to everybody in a team who is ready."""
    cohort = get_run_cohort(cohort_id)
    people = candidates_of([cohort], current_user)
    return issue_to(cohort, [one for one in people if one.team.id == team_id])


@bp.post("/certificates/issue/<int:cohort_id>/people/<int:user_id>")
@allow(STAFF)
def issue(cohort_id: int, user_id: int) -> ResponseReturnValue:
    """Issue to one person."""
    cohort = get_run_cohort(cohort_id)
    holder = get_membership(user_id, cohort_id).user
    try:
        new = services.issue_certificate(holder, cohort, actor=current_user)
    except RuleError as error:
        flash(f"{holder.full_name}: {error}", "error")
    else:
        message = f"Выдан сертификат {new.number}: {new.holder_name}."
        flash(f"{message} {fate('письмо со ссылкой')}", "success")
    return redirect(url_for("certificates.eligible", cohort=cohort_id))


def issue_to(cohort: Cohort, people: Iterable[Candidate]) -> ResponseReturnValue:
    """Issue to those who are ready and say what came of it."""
    issued = services.issue_to_ready(people, actor=current_user)
    for refusal in issued.refusals:
        flash(refusal, "error")
    count = len(issued.certificates)
    if count:
        what = plural(count, "сертификат", "сертификата", "сертификатов")
        flash(f"Выдано: {what}. {fate('письма со ссылками', many=True)}", "success")
    elif not issued.refusals:
        flash(NOBODY, "warning")
    return redirect(url_for("certificates.eligible", cohort=cohort.id))


@bp.get("/certificates/remaining/<int:user_id>")
@allow(SIGNED_IN)
def remaining(user_id: int) -> ResponseReturnValue:
    """What is left until the certificate: the same list for everybody who sees it."""
    membership = get_membership(user_id, request.args.get("cohort", type=int))
    team = membership.team
    conditions = conditions_of(membership, current_user)
    may_judge = can_judge(current_user)
    held = visible_certificates(current_user).where(
        Certificate.user_id == user_id,
        Certificate.cohort_id == team.cohort_id,
        Certificate.state != CertificateState.REPLACED,
    )
    return render_template(
        "outcomes/certificates/remaining.html",
        membership=membership,
        count=len(conditions),
        unmet=[one for one in conditions if not one.is_met],
        met=[one for one in conditions if one.is_met],
        by_lesson=by_lesson,
        optional=optional_modules(team.cohort),
        certificates=db.session.scalars(held.order_by(Certificate.id.desc())).all(),
        is_own=user_id == current_user.id,
        may_issue=can_run(current_user, team.cohort),
        may_amend=can_amend(current_user),
        may_judge=may_judge,
        has_earlier=may_judge and _has_earlier(membership, conditions),
    )


def _has_earlier(membership: Membership, conditions: Iterable[Condition]) -> bool:
    """Tell whether some of the works that are still owed were accepted elsewhere."""
    works = (one.lesson for one in conditions if one.what == WORK and not one.is_met)
    ids = [lesson.module_id for lesson in works if lesson]
    return bool(earlier_works(membership.user, membership.team.cohort, ids))
