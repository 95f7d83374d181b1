"""The picture of a cohort's growth: bars of the exit, a line of the entry."""

from collections.abc import Sequence

from lms.core.charts import Chart, chart_of
from lms.monitoring.diagnostics.growth import Growth
from lms.work.credits.schedule import ScheduledModule

SCALE = {"50\N{NO-BREAK SPACE}%": 50, "100\N{NO-BREAK SPACE}%": 100}
# A number of a lesson is short.
MOST_WORDS = 12


def picture_of(
    growth: Growth | None, modules: Sequence[ScheduledModule]
) -> Chart | None:
    """Lay out each module's per cents; nothing while they are not told."""
    if growth is None:
        return None
    return chart_of(
        [float(growth.exit_in(module.slug)) for module in modules],
        [float(growth.entry_in(module.slug)) for module in modules],
        scale=SCALE,
        axis=[module.number for module in modules],
        most_words=MOST_WORDS,
    )
