"""QR codes: texts for the camera of a phone."""

from io import BytesIO
from typing import Any

from flask import Response


def draw_qr(text: str, **look: Any) -> bytes:
    """Draw a text as an SVG picture; `look` is what segno takes."""
    from segno import make

    drawn = BytesIO()
    make(text, error="m").save(drawn, kind="svg", **look)
    return drawn.getvalue()


def send_qr(text: str) -> Response:
    """Answer with the picture of a text, white around it for dark pages."""
    drawn = draw_qr(text, border=2, light="#fff", omitsize=True)
    return Response(drawn, mimetype="image/svg+xml")
