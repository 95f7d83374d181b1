"""How much of a request the site reads, and what no text or number may be."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Request, abort, current_app, request
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

from lms.core.database import LAST_ROW
from lms.core.fields import printable

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class PlainMultiDict(ImmutableMultiDict[str, Any]):
    """What was sent, without the characters that copying from a PDF may bring.

    PostgreSQL stores no text with zero bytes, and no document holds the others.
    """

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(
            (name, printable(value) if isinstance(value, str) else value)
            for name, value in iter_multi_items(mapping or ())
        )


class RowConverter(IntegerConverter):
    """A number in an address; one that no row can have is an unknown address."""

    regex = r"\d{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LAST_ROW)


class WordConverter(UnicodeConverter):
    """A word in an address, without zero bytes."""

    def __init__(self, map: Map) -> None:
        super().__init__(map)
        self.regex = r"[^/\x00]+"


class HostCheck:
    """Refuse a request whose `Host` is no name: every address built by it would fail.

    It stands before the site and answers without it, so no page and no log breaks.
    """

    def __init__(self, site: "WSGIApplication") -> None:
        self._site = site

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        try:
            environ.get("HTTP_HOST", "").encode("idna")
        except UnicodeError:
            return BadRequest()(environ, start_response)
        return self._site(environ, start_response)


class SiteRequest(Request):
    """A request with a form that, when it has no files, is not larger than a text.

    Such a form is read and split in memory: one as large as a file may be would
    take gigabytes.
    """

    parameter_storage_class = PlainMultiDict
    # Pages send forms; Flask-WTF would take any JSON for one.
    is_json = False

    @property  # type: ignore[misc]
    def max_content_length(self) -> int | None:  # type: ignore[override]
        """Return the limit in bytes for the whole body."""
        if self.mimetype == "application/x-www-form-urlencoded":
            return int(current_app.config["MAX_FORM_MEMORY_SIZE"])
        return super().max_content_length


def sent_number(name: str) -> int | None:
    """Return a number that the page put into its form, or answer 400 to anything else.

    Such a number says what the person had before their eyes, so it is never guessed.
    """
    sent = request.form.get(name, "")
    try:
        return int(sent) if sent else None
    except ValueError:
        abort(400)


CONVERTERS = {"int": RowConverter, "default": WordConverter, "string": WordConverter}
