"""The tables of indicators."""

from lms.monitoring.indicators.models.indicator import (
    Count,
    Direction,
    Indicator,
    Source,
    Target,
    Unit,
)
from lms.monitoring.indicators.models.measurement import (
    Measurement,
    MeasurementDecision,
    MeasurementFile,
)

__all__ = [
    "Count",
    "Direction",
    "Indicator",
    "Measurement",
    "MeasurementDecision",
    "MeasurementFile",
    "Source",
    "Target",
    "Unit",
]
