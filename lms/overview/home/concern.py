"""A line of «Требует внимания»."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Concern:
    """Something that waits for a decision."""

    sentence: str
    endpoint: str
    values: dict[str, Any] = field(default_factory=dict)
