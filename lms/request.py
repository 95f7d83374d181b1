"""How much of a request the site reads."""

from flask import Request, current_app


class SiteRequest(Request):
    """A request whose form, when it has no files, is not larger than a text.

    Such a form is read and split in memory: one as large as a file may be would
    take gigabytes.
    """

    @property  # type: ignore[misc]
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """Return the limit in bytes for the whole body."""
        if self.mimetype == "application/x-www-form-urlencoded":
            return int(current_app.config["MAX_FORM_MEMORY_SIZE"])
        return super().max_content_length
