"""What other features hear about the course."""

from blinker import signal

course_imported = signal(
    "course_imported",
    "`course.md` and `consent.md` were read from a folder; sent after the commit, also"
    " when nothing in them is new.",
)

measures_imported = signal(
    "measures_imported",
    "`diagnostics.md` and `surveys/` have changed in the folder; sent before the commit"
    " with the `Measures`.",
)
live_revision_moved = signal(
    "live_revision_moved",
    "A module is read in another revision, or no more; sent with the module, the"
    " `revision` (None: withdrawn) and the `actor`, before the commit.",
)
