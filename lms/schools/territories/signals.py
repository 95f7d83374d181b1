"""What other features hear about territories."""

from blinker import signal

territory_merged = signal(
    "territory_merged",
    "A territory becomes a spelling of another; sent before the commit with the"
    " `Territory` that is gone, and the one that is `kept`.",
)
