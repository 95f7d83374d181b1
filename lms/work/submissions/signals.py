"""What other features hear about works."""

from blinker import signal

attempt_sent = signal(
    "attempt_sent", "A team sends its work; sent before the commit with the `Attempt`."
)
attempt_withdrawn = signal(
    "attempt_withdrawn",
    "A team takes its work back; sent before the commit with the `Attempt`.",
)
