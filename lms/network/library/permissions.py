"""Who keeps the library; it is read by everybody."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_run_cohorts
from lms.network.library.models import LibraryDocument
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import visible_teams

IS_ON_SHELF = LibraryDocument.withdrawn_at.is_(None)


def public_documents() -> sa.Select[LibraryDocument]:
    """Return the documents that stand in the library."""
    return sa.select(LibraryDocument).where(IS_ON_SHELF)


def visible_documents() -> sa.Select[LibraryDocument]:
    """Return all that have an address: a withdrawn one says that it is."""
    return sa.select(LibraryDocument)


def can_edit_library(user: User) -> bool:
    """Tutors and admins put documents in, replace and withdraw them."""
    return can_run_cohorts(user)


def schools_to_name(user: User) -> sa.Select[School]:
    """Return the schools that an editor may name as the giver of a document."""
    teams = visible_teams(user).with_only_columns(Team.school_id)
    named = sa.select(School).where(School.id.in_(teams))
    return named.order_by(School.municipality, School.name, School.id)
