"""What was learned in the cohorts that ended in the year, by entry and exit."""

from functools import reduce
from operator import add
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.links import site_path
from lms.monitoring.diagnostics.periods import Learned, learned_in
from lms.monitoring.diagnostics.places import Place
from lms.monitoring.diagnostics.wording import HIDDEN
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Cell, Figure, Grid
from lms.schools.teams.models import School

COLUMNS = {"Школа": 44, "Прошли оба, n": 16, "Не прошли оба": 16, "Рост, пунктов": 16}


class Growth(NamedTuple):
    """The figures of a report about diagnostics, and the table of its schools."""

    figures: list[Figure]
    grids: list[Grid]


def growth_of(scope: Scope) -> Growth:
    """Read what may be told of the place; nothing where no cohort has ended."""
    learned = learned_in(scope.year)
    schools = db.session.scalars(
        sa.select(School)
        .where(School.id.in_(scope.schools))
        .order_by(School.municipality, School.name, School.id)
    ).all()
    by_school = [
        (school.label, found)
        for school in schools
        if (found := learned.get(Place(school_id=school.id)))
    ]
    here = reduce(add, (found for _, found in by_school), Learned())
    if scope.territory and scope.with_parts:
        here = learned.get(Place(territory_id=scope.territory.id), Learned())
    if not here.cohort_ids:
        return Growth([], [])
    rows = [_row(name, found) for name, found in by_school]
    grid = Grid(
        key="growth_by_school",
        title="Рост по диагностике: по школам",
        columns=COLUMNS,
        rows=rows if scope.territory else [],
    )
    return Growth(_figures(here, _address(scope, here)), [grid])


def _figures(here: Learned, address: str) -> list[Figure]:
    growth = here.growth
    is_hidden = not growth.pairs and here.hidden_growths
    figures = [
        Figure(
            key="growth",
            label="Рост по диагностике в среднем, пунктов",
            value=round(float(growth.exit - growth.entry), 6) if growth.pairs else None,
            of=growth.pairs or None,
            is_mean=True,
            hidden=HIDDEN if is_hidden else "",
        ),
        Figure(
            key="unmeasured",
            label="Не прошли вход или выход",
            value=here.missing,
        ),
        Figure(
            key="hidden_growths",
            label="Потоков, где рост скрыт: людей слишком мало",
            value=here.hidden_growths,
            # A cohort of several districts is hidden in each of them.
            adds_up=False,
        ),
    ]
    return [one.model_copy(update={"address": address}) for one in figures]


def _row(name: str, found: Learned) -> list[Cell]:
    growth = found.growth
    told: Cell = round(float(growth.mean), 1) if growth.pairs else None
    hidden = HIDDEN if found.hidden_growths else None
    return [name, growth.pairs or hidden, found.missing, told or hidden]


def _address(scope: Scope, here: Learned) -> str:
    """Return the page of the diagnostics; people of a school have none of others."""
    if scope.school is not None or len(here.cohort_ids) > 1:
        return scope.page_of_observers("progress.index")
    (cohort_id,) = here.cohort_ids
    return site_path("diagnostics.cohort", cohort_id=cohort_id)
