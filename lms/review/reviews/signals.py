"""What other features hear about reviews."""

from blinker import signal

review_released = signal(
    "review_released",
    "A tutor decides about a work; sent before the commit with the `Review`.",
)
decision_reversed = signal(
    "decision_reversed",
    "A returned work counts after all; sent before the commit with the `Review` that"
    " returned it.",
)
