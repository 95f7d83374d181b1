"""The register in the words of the source, for the page, Word and Excel."""

from collections.abc import Mapping, Sequence

from lms.core.language import day
from lms.core.names import short_name
from lms.core.tables import Table
from lms.network.partners.models import Agreement
from lms.network.partners.register import Line

COLUMNS = {
    "Партнёр": 28,
    "Что даёт": 38,
    "Что нужно ему": 38,
    "Чем закреплено": 28,
    "Вместе сделали": 38,
    "Кто держит связь": 24,
}
# What was done together, by the id of the partner.
Together = Mapping[int, Sequence[str]]


def secured(agreement: Agreement) -> str:
    """«договор № 12 до 19 декабря»."""
    until = f" до {day(agreement.ends_on)}" if agreement.ends_on else ""
    return agreement.title + until


def cells_of(line: Line, together: Together) -> list[str]:
    """Return a row of the register."""
    partner = line.partner
    keeper = short_name(partner.keeper.full_name) if partner.keeper else ""
    return [
        f"{partner.name}\n{partner.kind.value}",
        partner.gives,
        partner.wants,
        "\n".join(map(secured, line.in_force)),
        "\n".join(together.get(partner.id, ())),
        keeper,
    ]


def table_of(title: str, lines: Sequence[Line], together: Together) -> Table:
    """Return the register; a cell in which nothing stands says so."""
    rows = [[cell or "—" for cell in cells_of(line, together)] for line in lines]
    return Table(title, COLUMNS, rows)
