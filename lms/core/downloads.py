"""Answers that are files: stored ones, and those made while somebody waits."""

from io import BytesIO, FileIO

from flask import Response, request, send_file
from werkzeug import utils
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from lms.core.file_names import name_after
from lms.core.storage import open_whole


def send_made(made: bytes, title: str, extension: str, media_type: str) -> Response:
    """Answer with a file that was just made, called after what it is about."""
    name = name_after(title, extension)
    answer = send_file(BytesIO(made), as_attachment=True, download_name=name)
    answer.content_type = media_type
    return answer


def send_stored(
    sha256: str, *, name: str, media_type: str, inline: bool = False
) -> Response:
    """Answer with a stored file: a download, unless its type may be shown.

    A reader who wants several parts at once gets the whole, as RFC 9110 lets us.
    """
    file, size = open_whole(sha256)
    # waitress reads a file in its one loop, and that must not wait for a storage; of
    # Flask's own `send_file` it would always do so.
    is_near = isinstance(file.raw, FileIO)
    response: Response = utils.send_file(  # type: ignore[assignment]
        file,
        request.environ if is_near else {},
        mimetype=media_type,
        as_attachment=not inline,
        download_name=name,
        conditional=False,
        etag=sha256,
        response_class=Response,
    )
    response.content_length = size
    response.accept_ranges = "bytes"
    try:
        response.make_conditional(
            request, accept_ranges=_wants_one_part(), complete_length=size
        )
    except RequestedRangeNotSatisfiable:  # whoever has all of it sees so by the size
        response.close()
        return Response(status=416, headers={"Content-Range": f"bytes */{size}"})
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


def _wants_one_part() -> bool:
    asked = request.range
    return asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
