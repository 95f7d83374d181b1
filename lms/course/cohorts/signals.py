"""What other features hear about cohorts."""

from blinker import signal

calendar_changed = signal(
    "calendar_changed",
    "Due days move; sent before the commit with the `Cohort` and `due_days`, for each"
    " module by its id the day before and the day after.",
)
