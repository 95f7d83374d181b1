"""What a new edition says otherwise than the one before."""

from typing import NamedTuple

from lms.monitoring.reports.printed import spelled_figure
from lms.monitoring.reports.snapshot import Figure, Measured, Snapshot


class Change(NamedTuple):
    """A figure that is another one now; None: it was not there, or is no more."""

    block: str
    label: str
    before: str | None
    after: str | None


def changes_between(before: Snapshot, after: Snapshot) -> list[Change]:
    """Return the figures that differ, in the order of the newer report."""
    old, new = _figures(before), _figures(after)
    changes = []
    for key in dict.fromkeys([*new, *old]):
        block, label = (new.get(key) or old[key])[:2]
        was, now = (one[key][2] if key in one else None for one in (old, new))
        if was != now:
            changes.append(Change(block, label, was, now))
    return changes


def _figures(snapshot: Snapshot) -> dict[tuple[str, str], tuple[str, str, str]]:
    return {
        (block.key, one.key): (block.title, _label(one), spelled_figure(one))
        for block in snapshot.blocks
        for one in block.every_figure
    }


def _label(figure: Figure) -> str:
    """Name a figure; that of one half-year is not that of the other."""
    if isinstance(figure, Measured):
        return f"{figure.label}, {figure.period}"
    return figure.label
