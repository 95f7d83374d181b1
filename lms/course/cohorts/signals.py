"""What other features hear about cohorts."""

from blinker import signal

calendar_changed = signal(
    "calendar_changed",
    "Due days move; sent before the commit with the `Cohort` and `due_days`, for each"
    " module by its id the day before and the day after.",
)
cohort_closed = signal(
    "cohort_closed", "A cohort has ended; sent before the commit with the `Cohort`."
)
cohort_reopened = signal(
    "cohort_reopened",
    "The end of a cohort is taken back; sent before the commit with the `Cohort`.",
)
