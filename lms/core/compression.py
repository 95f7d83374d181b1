"""Answers packed smaller for the way, when the browser says that it can unpack them."""

import gzip
from typing import Final

import brotli
from flask import Flask, Response, request

# The best first: what a browser likes equally is chosen in this order.
ENCODINGS: Final = ["br", "gzip"]
# A smaller answer fits into one packet anyway; a larger file goes as it is.
LEAST_BYTES = 1024
MOST_BYTES = 4 * 1024 * 1024
# Text beside `text/…`; pictures, papers and archives are packed already.
TEXTS = {"application/json", "image/svg+xml"}


def compress_answers(app: Flask) -> None:
    """Pack every answer of text; the quick way, because somebody waits for it."""

    @app.after_request
    def compress_answer(response: Response) -> Response:
        if not is_text(response.mimetype):
            return response
        response.vary.add("Accept-Encoding")
        encoding = accepted_encoding()
        if encoding and _is_whole(response):
            response.direct_passthrough = False
            response.set_data(compress(response.get_data(), encoding))
            mark_encoded(response, encoding)
        return response


def is_text(media_type: str | None) -> bool:
    """Tell whether packing makes files of this type smaller."""
    kind = media_type or ""
    return kind.startswith("text/") or kind in TEXTS


def accepted_encoding() -> str | None:
    """Return the best encoding that the browser accepts, if there is one."""
    return request.accept_encodings.best_match(ENCODINGS)


def compress(content: bytes, encoding: str, *, thorough: bool = False) -> bytes:
    """Pack bytes: quickly, or `thorough` for what is packed once and kept."""
    if encoding == "br":
        packed: bytes = brotli.compress(content, quality=11 if thorough else 4)
        return packed
    return gzip.compress(content, compresslevel=9 if thorough else 5, mtime=0)


def mark_encoded(response: Response, encoding: str) -> None:
    """Say how an answer is packed; its mark now stands for several byte sequences."""
    response.headers["Content-Encoding"] = encoding
    etag, _is_weak = response.get_etag()
    if etag:
        response.set_etag(etag, weak=True)


def _is_whole(response: Response) -> bool:
    """Tell whether this is a complete answer, unpacked, and worth the trouble."""
    return (
        response.status_code not in {206, 304}
        and "Content-Encoding" not in response.headers
        and (response.is_sequence or response.direct_passthrough)
        and LEAST_BYTES <= (response.content_length or 0) <= MOST_BYTES
    )
