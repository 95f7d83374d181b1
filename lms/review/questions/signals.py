"""What other features hear about questions."""

from blinker import signal

question_changed = signal(
    "question_changed",
    "An answer was added to a question, or its general version is another one or gone;"
    " sent before the commit with the id of the question.",
)
