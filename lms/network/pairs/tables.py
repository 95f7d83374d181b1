"""The plan of a pair as the source has it, for the page, Word and Excel."""

from collections.abc import Sequence

from lms.core.language import course_day
from lms.core.tables import Table, Value, spelled
from lms.network.pairs.models import Pair, PairEvent

COLUMNS = {
    "№": 4,
    "Мероприятия": 40,
    "Сроки": 20,
    "Планируемый результат": 40,
    "Что вышло": 40,
}
NOT_YET = "—"


def plan_of(events: Sequence[PairEvent]) -> Table:
    """Return the plan; an event of which nothing is said yet shows that."""
    rows: list[list[Value]] = [
        [number, event.what, term_of(event), event.planned, event.outcome or NOT_YET]
        for number, event in enumerate(events, 1)
    ]
    return Table("План пары", COLUMNS, rows)


def term_of(event: PairEvent) -> str:
    """«01.10.2026» or «01.10.2026 – 30.11.2026»."""
    last = event.ends_on
    if last is None or last == event.begins_on:
        return spelled(event.begins_on)
    return f"{spelled(event.begins_on)} – {spelled(last)}"


def about(pair: Pair) -> list[str]:
    """Say whose plan it is, for what and for how long."""
    lasts = f"до {spelled(pair.until)}" if pair.until else "без срока"
    closed = (
        f", закрыта {spelled(course_day(pair.closed_at))}" if pair.closed_at else ""
    )
    schools = "; ".join(school.label for school in pair.schools)
    signed = f"Договор от {spelled(pair.signed_on)}, {lasts}{closed}"
    return [f"Школы: {schools}", f"Цель: {pair.goal}", signed]
