"""A region's report: the sum of what its districts have closed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lms.monitoring.reports.measured import COLUMNS, cells_of, summed
from lms.monitoring.reports.snapshot import (
    Block,
    Cell,
    Day,
    Figure,
    Grid,
    Measured,
    Number,
    Snapshot,
)

# A report with the name of whose it is.
Part = tuple[str, Snapshot]
# The tables of a sum that are made anew from the figures of its parts.
BY_PART, MEASURED_BY_PART = "by_part", "measured_by_part"
ONCE = ", общие для территорий один раз"


def sum_of(parts: Sequence[Part]) -> list[Block]:
    """Return the blocks of several reports as one, in the order of the first of them.

    Numerators and denominators are added each for itself: a share of shares says
    nothing. Medians stand in a table by district, and nowhere else.
    """
    keys = dict.fromkeys(block.key for _, part in parts for block in part.blocks)
    return [_block_of(key, parts) for key in keys]


def _block_of(key: str, parts: Sequence[Part]) -> Block:
    blocks = [
        (name, block)
        for name, part in parts
        for block in part.blocks
        if block.key == key
    ]
    first = blocks[0][1]
    figures: dict[str, list[Figure]] = {}
    for _, block in blocks:
        for figure in block.figures:
            figures.setdefault(figure.key, []).append(figure)
    grids = [_grid_of(one, blocks) for one in _keys_of_grids(blocks)]
    once = {grid.key: len(grid.rows) for grid in grids if grid.keys}
    return Block(
        key=key,
        title=first.title,
        figures=[
            _figure_of(alike, once) for alike in figures.values() if alike[0].adds_up
        ],
        grids=[_by_part(blocks), _measured_by_part(blocks), *grids],
        measured=_measured_of(blocks),
    )


def _keys_of_grids(blocks: Sequence[tuple[str, Block]]) -> Iterable[str]:
    """Name the tables that a sum puts together, in the order of the parts."""
    keys = (grid.key for _, block in blocks for grid in block.grids)
    return dict.fromkeys(key for key in keys if key not in {BY_PART, MEASURED_BY_PART})


def _measured_of(blocks: Sequence[tuple[str, Block]]) -> list[Measured]:
    alike: dict[str, list[Measured]] = {}
    for _, block in blocks:
        for one in block.measured:
            alike.setdefault(one.key, []).append(one)
    return [summed(some).model_copy(update={"address": ""}) for some in alike.values()]


def _figure_of(alike: Sequence[Figure], once: Mapping[str, int]) -> Figure:
    """Add up a figure; of what districts have in common each is counted once."""
    first = alike[0]
    if first.rows_of in once:
        label = first.label.removesuffix(ONCE) + ONCE
        facts = {"value": once[first.rows_of], "label": label}
        return first.model_copy(update=facts)
    values = _sum(figure.value for figure in alike)
    whole = _sum(figure.of for figure in alike)
    hidden = next((figure.hidden for figure in alike if figure.hidden), "")
    facts = {"value": values, "of": whole, "hidden": "" if values else hidden}
    return first.model_copy(update=facts)


def _sum(numbers: Iterable[Number | None]) -> Number | None:
    """Add what is known; nothing known is not 0."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def _by_part(blocks: Sequence[tuple[str, Block]]) -> Grid:
    """Lay out the figures by district, so that every sum can be followed."""
    labels = {one.key: one.label for _, block in blocks for one in block.figures}
    rows: list[list[Cell]] = []
    for name, block in blocks if labels else ():
        values = {one.key: one.hidden or one.told for one in block.figures}
        rows.append([name, *(values.get(key) for key in labels)])
    return Grid(
        key=BY_PART,
        title=f"{blocks[0][1].title}: по территориям",
        columns={"Территория": 30} | dict.fromkeys(labels.values(), 16),
        rows=rows,
    )


def _measured_by_part(blocks: Sequence[tuple[str, Block]]) -> Grid:
    """Lay out what is known of indicators by district, each with aims of its own."""
    known = [
        (name, one)
        for name, block in blocks
        for one in block.measured
        if one.value is not None or one.hidden
    ]
    keys = list(dict.fromkeys(one.key for _, one in known))
    ordered = sorted(known, key=lambda pair: keys.index(pair[1].key))
    rows = [[name, *cells_of(one)] for name, one in ordered]
    return Grid(
        key=MEASURED_BY_PART,
        title="Показатели по территориям",
        columns={"Территория": 24} | COLUMNS,
        rows=rows,
        is_wide=True,
    )


def _grid_of(key: str, blocks: Sequence[tuple[str, Block]]) -> Grid:
    """Put the rows of the districts together, added up or each with its district."""
    grids = [
        (name, grid)
        for name, block in blocks
        for grid in block.grids
        if grid.key == key
    ]
    first = grids[0][1]
    if all(len(grid.keys) == len(grid.rows) for _, grid in grids):
        return _united([grid for _, grid in grids])
    if first.adds_up:
        return first.model_copy(update={"rows": _added([grid for _, grid in grids])})
    columns: dict[str, int] = {}
    for _, grid in grids:
        columns |= grid.columns
    rows: list[list[Cell]] = []
    for name, grid in grids:
        for row in grid.rows:
            cells = dict(zip(grid.columns, row, strict=True))
            rows.append([name, *(cells.get(column) for column in columns)])
    return first.model_copy(
        update={"columns": {"Территория": 24} | columns, "rows": rows}
    )


def _united(grids: Sequence[Grid]) -> Grid:
    """Put the rows about one thing into one, by day, and number them anew."""
    found: dict[int, list[Cell]] = {}
    for grid in grids:
        for key, row in zip(grid.keys, grid.rows, strict=True):
            known = found.get(key)
            found[key] = list(map(_plus, known, row)) if known else row
    ordered = sorted(found, key=lambda key: (_day_in(found[key]), key))
    rows = [[place, *found[key][1:]] for place, key in enumerate(ordered, 1)]
    return grids[0].model_copy(update={"rows": rows, "keys": ordered})


def _plus(one: Cell, other: Cell) -> Cell:
    numbers = [cell for cell in (one, other) if isinstance(cell, int | float)]
    return sum(numbers) if numbers else one


def _day_in(row: Sequence[Cell]) -> date:
    return next((cell.day for cell in row if isinstance(cell, Day)), date.min)


def _added(grids: Sequence[Grid]) -> list[list[Cell]]:
    """Add the numbers of the rows that begin with the same words."""
    totals: dict[Cell, list[list[Number]]] = {}
    for grid in grids:
        for name, *numbers in grid.rows:
            known = [one for one in numbers if isinstance(one, int | float)]
            totals.setdefault(name, []).append(known)
    return [
        [name, *(sum(column) for column in zip(*rows, strict=True))]
        for name, rows in totals.items()
    ]
