"""What other features hear about announcements."""

from blinker import signal

announcement_changed = signal(
    "announcement_changed",
    "An announcement was corrected or withdrawn; sent before the commit with its id.",
)
