"""Who sees which mentors and requests, and who may do what with them."""

import sqlalchemy as sa

from lms.core.language import day_of_asking
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    can_administer,
    can_coordinate,
    sees_everything,
)
from lms.network.mentors.models import Mentor, MentorRequest, Reach
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import visible_teams
from lms.schools.territories.models import (
    SchoolTerritory,
    under_same_top,
    with_surroundings,
)
from lms.schools.territories.permissions import is_coordinated


def visible_mentors(user: User) -> sa.Select[Mentor]:
    """Return whose help is meant for a school that a person belongs to or follows."""
    schools = visible_teams(user).with_only_columns(Team.school_id)
    return mentors_for(schools, sees_everything(user))


def mentors_for(
    schools: sa.Select[int], *besides: sa.ColumnElement[bool]
) -> sa.Select[Mentor]:
    """Return whose help is meant for some schools: the reach of each says for which.

    A mentor of the district helps the schools of the own territory and of what lies
    within it, one of the region all that lie under the same top.
    """
    places = sa.select(SchoolTerritory.territory_id).where(
        SchoolTerritory.lasts_on(day_of_asking())
    )
    of_schools = places.where(SchoolTerritory.school_id.in_(schools))
    around, region = with_surroundings(of_schools), under_same_top(of_schools)
    own = places.where(SchoolTerritory.school_id == Mentor.school_id)
    place = own.correlate(Mentor).scalar_subquery()
    is_far = sa.and_(Mentor.reach == Reach.REGION, place.in_(region))
    reaches = Mentor.school_id.in_(schools), place.in_(around), is_far
    return sa.select(Mentor).where(sa.or_(*reaches, *besides))


def visible_requests(user: User) -> sa.Select[MentorRequest]:
    """Return one's own requests, those to oneself, and those of coordinated schools."""
    held = sa.select(Mentor.id).where(Mentor.user_id == user.id)
    return sa.select(MentorRequest).where(
        sa.or_(
            MentorRequest.asker_id == user.id,
            MentorRequest.mentor_id.in_(held),
            is_led(user),
        )
    )


def is_led(user: User) -> sa.ColumnElement[bool]:
    """Tell of requests whether a person answers for what becomes of them."""
    coordinated = is_coordinated(user, MentorRequest.school_id)
    return sa.or_(coordinated, sees_everything(user))


def leads_requests(user: User) -> bool:
    """Tell whether there may be requests for which a person answers."""
    return can_coordinate(user) or can_administer(user)


def is_asker(user: User, request: MentorRequest) -> bool:
    """Tell whoever asked."""
    return request.asker_id == user.id


def is_mentor(user: User, request: MentorRequest) -> bool:
    """Tell the mentor who has a request now."""
    return request.mentor is not None and request.mentor.user_id == user.id
