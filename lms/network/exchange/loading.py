"""Lines of the exchange for a page: found if the person may see them, else 404."""

from flask import abort
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import require
from lms.core.extensions import db
from lms.identity.accounts.permissions import can_administer, can_coordinate
from lms.network.exchange.models import LineQuestion, ShownLine
from lms.network.exchange.permissions import visible_lines
from lms.network.partners.models import Partner
from lms.network.partners.permissions import can_edit_partners
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import School


def get_line(line_id: int) -> ShownLine:
    """Load a line that the current user may read, or answer 404."""
    query = visible_lines(current_user).where(ShownLine.id == line_id)
    partner = joinedload(ShownLine.partner).joinedload(Partner.school)
    line: ShownLine = db.first_or_404(query.options(partner))
    return line


def get_question(line: ShownLine, question_id: int) -> LineQuestion:
    """Load a question to the current user's school, or answer 404."""
    require(can_edit_partners(current_user, line.partner.school_id))
    question = db.session.get(LineQuestion, question_id)
    is_here = question is not None and question.line_id == line.id
    return question if question and is_here else abort(404)


def my_school_here() -> School | None:
    """Return the school for which the current user asks.

    Coordinators and admins only read; to all others the exchange does not exist.
    """
    membership = my_membership()
    if membership is None and not (
        can_coordinate(current_user) or can_administer(current_user)
    ):
        abort(404)
    return membership.team.school if membership else None
