"""Certificates of the demonstration: issued to a cohort, revoked, and due."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.batches.models import Batch, BatchPerson
from lms.outcomes.batches.services import issue_next
from lms.outcomes.certificates.candidates import candidates_of
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.services import revoke_certificate


def certificates(cohort: Cohort, *, tutor: User, admin: User) -> None:
    """Issue to the first two of a cohort at once, and revoke one; others wait."""
    people = candidates_of([cohort], admin)
    ready = [person.user.id for person in people if person.is_ready][:2]
    batch = Batch(cohort=cohort, asked_by=tutor)
    batch.people = [BatchPerson(user_id=n, place=at) for at, n in enumerate(ready)]
    db.session.add(batch)
    db.session.commit()
    issue_next({"batch_id": batch.id})
    last = sa.select(Certificate).order_by(Certificate.id.desc()).limit(1)
    wrong = db.session.scalars(last).one()
    revoke_certificate(wrong, reason="Выдан по ошибке: проверяем участие.", actor=admin)
