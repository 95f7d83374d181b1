"""What became of cohorts that are over: graduates, and schools that came again."""

from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.permissions import TUTORS, among
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.schools.teams.models import Membership, Team


class Graduates(NamedTuple):
    """People who stayed to the end of a cohort, and schools of several cohorts."""

    people: int
    certified: int
    # They judge the works of others now.
    tutors: int
    returning_schools: int


def graduates() -> Graduates:
    """Count people once, in however many cohorts they finished; one statement."""
    finished = Membership.graduated_at.is_not(None)
    people = sa.select(sa.func.count(Membership.user_id.distinct())).where(finished)
    is_valid = Certificate.state == CertificateState.VALID
    holders = sa.select(Certificate.user_id).where(is_valid)
    certified = people.where(Membership.user_id.in_(holders))
    tutors = people.join(Membership.user).where(among(TUTORS))
    returning = (
        sa.select(Team.school_id)
        .group_by(Team.school_id)
        .having(sa.func.count(Team.cohort_id.distinct()) > 1)
        .subquery()
    )
    schools = sa.select(sa.func.count()).select_from(returning)
    figures = (people, certified, tutors, schools)
    row = db.session.execute(sa.select(*(one.scalar_subquery() for one in figures)))
    return Graduates(*row.one())
