"""What a person has earned: the modules, the works and the revisions they answer."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.rule import CompletionRule
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.outcomes.certificates.codes import new_code
from lms.outcomes.certificates.models import Certificate
from lms.schools.teams.models import Membership
from lms.work.credits.models import Credit
from lms.work.submissions.models import Attempt, stands

ACCEPTED, EXCUSED, NONE = "accepted", "excused", "none"


def earned_certificate(
    membership: Membership, *, number: str, moment: datetime, issuer: User
) -> Certificate:
    """Write down what a member has earned; the paper is not made yet."""
    user, team = membership.user, membership.team
    rule = CompletionRule.model_validate(team.cohort.rule)
    return Certificate(
        number=number,
        code=new_code(),
        user_id=user.id,
        cohort_id=team.cohort_id,
        team_id=team.id,
        holder_name=user.full_name,
        school_name=team.school.name,
        municipality=team.school.municipality,
        team_name=team.name,
        course_title=rule.course_title,
        hours=rule.hours,
        modules=_modules(membership, rule),
        signer=rule.signer,
        signer_position=rule.signer_position,
        signature_sha256=rule.signature,
        issuer=rule.issuer,
        issued_by_id=issuer.id,
        issued_at=moment,
    )


def _modules(membership: Membership, rule: CompletionRule) -> list[dict[str, Any]]:
    """Return the modules of the rule with the work of a person.

    An accepted work names the revision that it answered; a lesson without a work
    names the one that is read today.
    """
    answered = _answered_revisions(membership)
    live = db.session.execute(sa.select(Module.id, Module.current_revision_id))
    current = dict(live.all())
    modules = []
    for module in rule.modules:
        work, revision_id = answered.get(module.module_id, (NONE, None))
        modules.append(
            {
                "slug": module.slug,
                "position": module.position,
                "title": module.title,
                "by": module.by,
                "work": work,
                "revision_id": revision_id or current.get(module.module_id),
            }
        )
    return modules


def _answered_revisions(membership: Membership) -> dict[int, tuple[str, int | None]]:
    accepted = (
        sa.select(sa.func.max(Attempt.id))
        .where(Attempt.submission_id == Credit.submission_id, stands())
        .correlate(Credit)
        .scalar_subquery()
    )
    credits = db.session.execute(
        sa.select(Credit.module_id, Credit.excused_by_id, Attempt.revision_id)
        .outerjoin(Attempt, Attempt.id == accepted)
        .where(Credit.user_id == membership.user_id)
        .where(Credit.cohort_id == membership.team.cohort_id)
    )
    return {
        module_id: (EXCUSED if excused_by else ACCEPTED, revision_id)
        for module_id, excused_by, revision_id in credits
    }
