"""Practices for a page: found if the person may see them, else 404."""

import sqlalchemy as sa
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import require
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.network.practices.models import Practice, PracticeQuestion
from lms.network.practices.permissions import (
    belongs_to,
    can_edit_bank,
    can_lead_card,
    known_practices,
    visible_practices,
)
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import School, Team


def get_practice(practice_id: int) -> Practice:
    """Load a card that the current user may know of, or answer 404."""
    is_known = current_user.is_authenticated
    query = visible_practices(current_user) if is_known else known_practices()
    practice: Practice = db.first_or_404(
        query.where(Practice.id == practice_id).options(
            joinedload(Practice.team).joinedload(Team.school),
            joinedload(Practice.module).joinedload(Module.current_revision),
            joinedload(Practice.attempt),
        )
    )
    return practice


def get_own_practice(practice_id: int) -> Practice:
    """Load a card that the current user leads."""
    practice = get_practice(practice_id)
    require(can_lead_card(current_user, practice))
    return practice


def get_practice_to_edit(practice_id: int) -> Practice:
    """Load a card that waits for the current user as an editor."""
    practice = get_practice(practice_id)
    require(can_edit_bank(current_user, practice))
    return practice


def get_question(practice: Practice, question_id: int) -> PracticeQuestion:
    """Load a question to the current user's team, or answer 404."""
    require(belongs_to(current_user, practice))
    query = sa.select(PracticeQuestion).filter_by(
        id=question_id, practice_id=practice.id
    )
    question: PracticeQuestion = db.first_or_404(query)
    return question


def my_school() -> School | None:
    """Return the school for which the current user speaks."""
    membership = my_membership() if current_user.is_authenticated else None
    return membership.team.school if membership else None
