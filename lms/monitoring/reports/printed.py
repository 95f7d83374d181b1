"""A report in words: names are looked up, numbers are spelled, gaps are said."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from babel.numbers import format_decimal

from lms.core.extensions import db
from lms.core.language import RU
from lms.core.tables import Table, Value
from lms.identity.accounts.models import User
from lms.monitoring.reports.measured import (
    measured_grid,
    spelled_measured,
)
from lms.monitoring.reports.snapshot import (
    Block,
    Cell,
    Day,
    Figure,
    Grid,
    Measured,
    Number,
    Person,
    Snapshot,
)

NO_DATA = "нет данных"
NOT_NAMED = "участник курса"
# Below a block in which something is hidden, on the page and in the files.
WHY_HIDDEN = (
    "«<3» — меньше трёх человек; «скрыто» — людей мало или их число можно было бы"
    " вычислить из остальных. Точные числа школы — на её странице показателей."
)


@dataclass(frozen=True)
class Printed:
    """A report and the names of the people in it; without them nobody is named."""

    snapshot: Snapshot
    names: Mapping[int, str]

    def cell(self, value: Cell) -> Value:
        """Return what stands in a cell."""
        if isinstance(value, Person):
            return self.names.get(value.person_id, NOT_NAMED)
        if isinstance(value, Day):
            return value.day
        return value

    def table(self, grid: Grid) -> Table:
        """Return a table as files have it."""
        rows = [[self.cell(value) for value in row] for row in grid.rows]
        return Table(grid.title, grid.columns, rows)

    def grids(self, block: Block) -> list[Grid]:
        """Return the tables of a block as files have them: its indicators first."""
        return [measured_grid(block), *block.grids] if block.measured else block.grids

    def measured(self, block: Block) -> Table:
        """Return the indicators of a block, in the order in which it has them."""
        return self.table(measured_grid(block))


def names_of(snapshot: Snapshot) -> dict[int, str]:
    """Return the names that people have now; one statement."""
    people = sa.select(User.id, User.full_name).where(User.id.in_(snapshot.people))
    return dict(db.session.execute(people).all())


def spelled_figure(figure: Figure) -> str:
    """«12», «12 из 40 (30 %)», «+8,5 (n = 7)», «скрыто», «нет данных»."""
    if isinstance(figure, Measured):
        return spelled_measured(figure)
    if figure.value is None:
        return figure.hidden or NO_DATA
    if figure.is_mean:
        return f"{_signed(figure.told)} (n = {figure.of})"
    number = format_decimal(figure.value, locale=RU)
    unit = f" {figure.unit}" if figure.unit else ""
    if figure.of is None:
        return f"{number}{unit}"
    if not figure.of:
        return NO_DATA
    share = format_decimal(round(100 * figure.value / figure.of, 1), locale=RU)
    return f"{number}{unit} из {figure.of} ({share} %)"


def _signed(points: Number | None) -> str:
    """«+8,5», «−3»: growth says which way it went."""
    return format_decimal(points or 0, format="+#,##0.#;−#,##0.#", locale=RU)
