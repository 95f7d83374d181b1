"""What other features hear about territories."""

from blinker import signal

schools_renamed = signal(
    "schools_renamed",
    "Schools, or the places where they are, are called otherwise; sent before the"
    " commit with a query of the ids of these schools.",
)

territory_merged = signal(
    "territory_merged",
    "A territory becomes a spelling of another; sent before the commit with the"
    " `Territory` that is gone, and the one that is `kept`.",
)
