"""Teams and memberships for a page: found if the person may see them, else 404."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import g, request
from flask_login import current_user
from sqlalchemy.orm import joinedload, selectinload

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.overview.news.events import USER_ID
from lms.overview.news.news import Header, header_columns
from lms.schools.teams import search
from lms.schools.teams.forms import OFFERED
from lms.schools.teams.models import Membership, School, Team
from lms.schools.teams.permissions import (
    active_memberships,
    own_membership,
    visible_teams,
)


def my_membership() -> Membership | None:
    """Return the team of the person who looks, of several the one that is shown.

    It is asked for once per request.
    """
    if "membership" not in g:
        asked = {"user_id": current_user.id}
        row: Any = db.session.execute(_with_header(), asked).one_or_none()
        remember_membership(*(row or (None,)))
    membership: Membership | None = g.membership
    return membership


def my_header() -> Header:
    """Return what the header says of the person; found together with their team."""
    my_membership()
    header: Header = g.header
    return header


def remember_membership(membership: Membership | None, *header: Any) -> None:
    """Keep what another statement found, so that the header does not ask again."""
    g.membership = membership
    g.header = Header(*header)


def my_memberships() -> Sequence[Membership]:
    """Return all teams of the person who looks, the one that is shown first."""
    if "memberships" not in g:
        mine = my_membership()
        alone = [mine] if mine else []
        several = my_header().has_several_teams
        g.memberships = active_memberships(current_user) if several else alone
    memberships: Sequence[Membership] = g.memberships
    return memberships


def my_place(team_id: int | None) -> Membership | None:
    """Return where the person who looks is in the team that a form names.

    A tab that was opened before another team was chosen means its own team still.
    """
    if team_id is None:
        return my_membership()
    return next((one for one in my_memberships() if one.team_id == team_id), None)


def my_place_in(cohort: Cohort) -> Membership | None:
    """Return where the person who looks is in a cohort now."""
    here = (one for one in my_memberships() if one.cohort_id == cohort.id)
    return next(here, None)


def my_teams_beside(team: Team) -> dict[str, Any]:
    """Return what a page that leads into a team says of other teams of the visitor.

    `mine` is the place in the same cohort; `stays_in` names all of them.
    """
    is_known = current_user.is_authenticated
    return {
        "mine": my_place_in(team.cohort) if is_known else None,
        "stays_in": [one.team for one in my_memberships()] if is_known else [],
    }


@cache
def _with_header() -> sa.Select[Any]:
    return own_membership(USER_ID).add_columns(*header_columns())


def get_team(team_id: int) -> Team:
    """Load a team that the current user may see, or answer 404."""
    query = visible_teams(current_user).where(Team.id == team_id)
    team: Team = db.first_or_404(
        query.options(
            joinedload(Team.school),
            joinedload(Team.tutor),
            joinedload(Team.cohort).options(selectinload(Cohort.tutors)),
        )
    )
    return team


def get_membership(membership_id: int) -> Membership:
    """Load a membership of a team that the current user may see, or answer 404."""
    teams = visible_teams(current_user).with_only_columns(Team.id)
    query = sa.select(Membership).where(
        Membership.id == membership_id, Membership.team_id.in_(teams)
    )
    membership: Membership = db.first_or_404(query.options(joinedload(Membership.user)))
    return membership


def schools_to_choose(team: Team | None = None) -> list[School]:
    """Return the first schools that the address asks for, and the one chosen by now."""
    before = team.school_id if team else None
    chosen = request.form.get("school_id", before, type=int)
    words = request.args.get("find", "")
    return search.schools_to_choose(words, chosen, most=OFFERED)
