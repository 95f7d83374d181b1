"""What other features hear about teams."""

from blinker import signal

roster_changed = signal(
    "roster_changed",
    "Somebody comes to a team, leaves it, leads it or may sign in no more; sent before"
    " the commit with the id of the `Team`.",
)
