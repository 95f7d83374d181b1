"""Loading for a page: found and visible, or the page does not exist."""

from flask_login import current_user
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.outcomes.certificates.codes import read_number
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.permissions import (
    visible_certificates,
    visible_memberships,
)
from lms.schools.teams.models import Membership, Team


def get_certificate(number: str) -> Certificate:
    """Load a certificate that the current user may see, or answer 404."""
    query = visible_certificates(current_user).where(
        Certificate.number == read_number(number)
    )
    holder = joinedload(Certificate.user)
    certificate: Certificate = db.first_or_404(query.options(holder))
    return certificate


def get_membership(user_id: int, cohort_id: int | None) -> Membership:
    """Load where a person takes part: the team shown, else the last one, or 404."""
    query = visible_memberships(current_user).where(Membership.user_id == user_id)
    if cohort_id:
        query = query.where(Team.cohort_id == cohort_id)
    team = contains_eager(Membership.team)
    membership: Membership = db.first_or_404(
        query.order_by(Membership.left_at.is_not(None), Membership.chosen_at.desc())
        .limit(1)
        .options(
            joinedload(Membership.user),
            team.joinedload(Team.school),
            team.joinedload(Team.cohort),
        )
    )
    return membership
