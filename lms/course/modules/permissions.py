"""Who reads which module, and who sees what is prepared for tutors."""

import sqlalchemy as sa

from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.modules.models import MediaFile, Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import STAFF, can_observe, sees_everything
from lms.schools.teams.models import Membership, Team

# The lesson that anybody reads, with an account or without: what a visitor tries.
OPEN_POSITION = 1


def open_modules() -> sa.Select[Module]:
    """Return the live lesson that is open to everybody, for reading alone."""
    live = sa.select(Module).where(Module.current_revision_id.is_not(None))
    return live.where(Module.position == OPEN_POSITION)


def open_media() -> sa.Select[MediaFile]:
    """Return the files of that lesson as it is now, not of its drafts."""
    shown = open_modules().with_only_columns(Module.current_revision_id)
    of_module = sa.select(MediaFile).join(Revision).join(Revision.module)
    return of_module.where(Revision.id.in_(shown))


def visible_modules(user: User) -> sa.Select[Module]:
    """Staff read every live module, participants what is open for their cohort.

    A cohort that is still being planned has nothing open, whatever its calendar says.
    """
    live = sa.select(Module).where(Module.current_revision_id.is_not(None))
    if can_observe(user):
        return live
    opened = (
        sa.select(CalendarRow.module_id)
        .join(CalendarRow.cohort)
        .join(Team, Team.cohort_id == CalendarRow.cohort_id)
        .join(Membership, Membership.team_id == Team.id)
        .where(Membership.user_id == user.id, Membership.left_at.is_(None))
        .where(CalendarRow.opens_on <= today(), Cohort.state != CohortState.PLANNED)
    )
    return live.where(Module.id.in_(opened))


def visible_media(user: User) -> sa.Select[MediaFile]:
    """Whoever reads a module has the files of all its revisions, an admin all files.

    Works and stored pages refer to the files of the revision they were made from. What
    the lesson for everybody shows, everybody has.
    """
    of_module = sa.select(MediaFile).join(Revision).join(Revision.module)
    readable = visible_modules(user).with_only_columns(Module.id)
    shown = open_modules().with_only_columns(Module.current_revision_id)
    return of_module.where(
        sa.or_(sees_everything(user), Module.id.in_(readable), Revision.id.in_(shown))
    )


def can_guide(user: User) -> bool:
    """Hints for a review are for those who review; others would copy the samples."""
    return bool(user.roles & STAFF)
