"""The parts of a report, each of them read from the pages it names."""

from collections.abc import Callable

from lms.monitoring.reports.blocks import (
    course,
    documents,
    events,
    participants,
    risks,
)
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block

# In the order of the report.
BLOCKS: tuple[Callable[[Scope], Block], ...] = (
    participants.block_of,
    course.block_of,
    documents.block_of,
    events.block_of,
    risks.block_of,
)
