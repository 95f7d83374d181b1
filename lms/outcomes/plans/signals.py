"""What other features hear about plans."""

from blinker import signal

plan_changed = signal(
    "plan_changed",
    "A team's own words or lines of its plan changed; sent before the commit with the"
    " id of the team.",
)
