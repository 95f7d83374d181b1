"""Second thoughts: for how long what was pressed may still be undone."""

from datetime import timedelta

from flask import current_app


def undo_term() -> timedelta:
    """Return how long what people send is held back before others have it."""
    return timedelta(seconds=current_app.config["LMS_UNDO_SECONDS"])
