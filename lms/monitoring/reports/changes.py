"""What a new edition says otherwise than the one before."""

from typing import NamedTuple

from lms.monitoring.reports.snapshot import Number, Snapshot


class Change(NamedTuple):
    """A figure that is another one now; None: it was not there, or is no more."""

    block: str
    label: str
    before: Number | None
    after: Number | None


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


def _figures(
    snapshot: Snapshot,
) -> dict[tuple[str, str], tuple[str, str, Number | None]]:
    return {
        (block.key, figure.key): (block.title, figure.label, figure.value)
        for block in snapshot.blocks
        for figure in block.figures
    }
