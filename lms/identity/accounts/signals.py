"""What other features hear about people."""

from blinker import signal

person_acted = signal(
    "person_acted",
    "Somebody writes, sends, checks themselves or reads, as a participant does; sent"
    " before the commit with the `User`.",
)
