"""Files that are made while somebody waits, and saved by them."""

from io import BytesIO

from flask import Response, send_file

from lms.core.file_names import name_after


def send_made(made: bytes, title: str, extension: str, media_type: str) -> Response:
    """Answer with a file that was just made, called after what it is about."""
    name = name_after(title, extension)
    answer = send_file(BytesIO(made), as_attachment=True, download_name=name)
    answer.content_type = media_type
    return answer
