"""The parts of a report, each of them read from the pages it names."""

from collections.abc import Callable

from lms.monitoring.reports.blocks import (
    course,
    documents,
    events,
    indicators,
    network,
    participants,
    risks,
)
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block

# In the order of the report.
BLOCKS: dict[str, Callable[[Scope], Block]] = {
    "participants": participants.block_of,
    "course": course.block_of,
    "documents": documents.block_of,
    "events": events.block_of,
    "indicators": indicators.block_of,
    "risks": risks.block_of,
    "network": network.block_of,
}
