"""What of a cohort the address asks for: which teams or people, and how narrowed."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import request
from flask_login import current_user

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import visible_cohorts
from lms.identity.accounts.permissions import can_coordinate
from lms.overview.progress.answers import PERIODS, USUAL
from lms.overview.progress.forms import MAX_WORDS, ViewForm
from lms.overview.progress.matrix import Matrix, matrix_of
from lms.overview.progress.people import PeopleGrid, people_of_cohort
from lms.overview.progress.places import Place, places_of

# What `by` says in an address.
PEOPLE = "people"


def cohorts_to_choose() -> list[Cohort]:
    """Return the cohorts of the current user, those under way first."""
    is_under_way = sa.case((Cohort.state == CohortState.OPEN, 0), else_=1)
    query = visible_cohorts(current_user)
    order = (is_under_way, Cohort.starts_on.desc(), Cohort.id)
    return list(db.session.scalars(query.order_by(*order)))


def chosen_filters() -> dict[str, Any]:
    """Read what is shown of a cohort, as addresses carry it on."""
    names = ("one" if by_people() else "stuck", "mine")
    filters: dict[str, Any] = {name: "1" for name in names if request.args.get(name)}
    words = request.args.get("q", "").strip()[:MAX_WORDS]
    if by_people():
        filters["by"] = PEOPLE
    if territory := request.args.get("territory", type=int):
        filters["territory"] = territory
    return filters | ({"q": words} if words else {})


def by_people() -> bool:
    """Tell whether people are shown, and not their teams."""
    return request.args.get("by") == PEOPLE


class ChosenTeams(NamedTuple):
    """The matrix that is shown, and the territory that a coordinator chose for it."""

    matrix: Matrix
    places: list[Place]
    place: Place | None


def chosen_teams(cohort: Cohort) -> ChosenTeams:
    """Make the matrix of a cohort, or of the teams that the filters leave."""
    matrix, filters = matrix_of(cohort, viewer=current_user), chosen_filters()
    places = places_of(matrix, current_user) if can_coordinate(current_user) else []
    asked = (one for one in places if one.territory.id == filters.get("territory"))
    if place := next(asked, None):
        matrix = matrix.of_schools(place.school_ids)
    if "mine" in filters:
        matrix = matrix.of_tutor(current_user.id)
    matrix = matrix.mentioning(filters.get("q", ""))
    matrix = matrix.only_stuck if "stuck" in filters else matrix
    return ChosenTeams(matrix, places, place)


def view_form(
    cohort: Cohort, filters: dict[str, Any], places: Sequence[Place] = ()
) -> ViewForm:
    """Offer what may be chosen, as it is chosen now."""
    choices = [place.choice for place in places]
    data = {"cohort": cohort.id} | filters
    return ViewForm(cohorts_to_choose(), choices, data=data)


def chosen_people(cohort: Cohort) -> PeopleGrid:
    """Lay out the people of a cohort, or those whom the filters leave."""
    grid, filters = people_of_cohort(cohort, current_user), chosen_filters()
    if "mine" in filters:
        grid = grid.of_tutor(current_user.id)
    grid = grid.mentioning(filters.get("q", ""))
    return grid.of_nearly if "one" in filters else grid


def chosen_tables(cohort: Cohort) -> tuple[Matrix, PeopleGrid]:
    """Make both tables of a cohort: the one that is looked at chooses the teams."""
    if by_people():
        grid = chosen_people(cohort)
        teams = {row.team.id for row in grid.rows}
        return matrix_of(cohort, viewer=current_user).of_teams(teams), grid
    matrix = chosen_teams(cohort).matrix
    teams = {row.team.id for row in matrix.rows}
    return matrix, people_of_cohort(cohort, current_user).of_teams(teams)


def chosen_months() -> int:
    """Read for how long back answers are looked at."""
    months = request.args.get("months", USUAL, type=int)
    return months if months in PERIODS else USUAL
