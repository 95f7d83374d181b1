"""What other features hear about the course."""

from blinker import signal

course_imported = signal(
    "course_imported",
    "`course.md` and `consent.md` were read from a folder; sent after the commit, also"
    " when nothing in them is new.",
)
