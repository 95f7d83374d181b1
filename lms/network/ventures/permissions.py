"""Who sees joint projects: whoever reads of the partners of their school."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.network.partners.permissions import visible_schools
from lms.network.ventures.models import Venture
from lms.schools.teams.models import School


def visible_ventures(user: User) -> sa.Select[Venture]:
    """Return the joint projects of which a person reads."""
    schools = visible_schools(user).with_only_columns(School.id)
    return sa.select(Venture).where(Venture.school_id.in_(schools))
