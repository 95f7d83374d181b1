"""Styles, scripts and pictures: put together once, kept for a year by their hash."""

import hashlib
import mimetypes
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, request

from lms.core.access import PUBLIC, allow
from lms.core.compression import accepted_encoding, compress, is_text, mark_encoded
from lms.core.config import ROOT
from lms.core.fonts import WEB_FONT

FOLDER = ROOT / "static"
# `fonts` and `pictures` are made at set-up.
KINDS = ("fonts", "img", "pictures")
# What stays here of style sheets and, where it has its own line, of behaviours.
COMMENTS = {
    ".css": re.compile(r"/\*.*?\*/\n?", re.DOTALL),
    ".js": re.compile(r"^ *//.*\n", re.MULTILINE),
}
YEAR_SECONDS = 365 * 24 * 60 * 60
# In the order in which one rule overrules another.
STYLES = ["css/tokens.css", "css/elements.css", "css/blocks/*.css", "css/paper.css"]
# What most pages use; a page that does more names its script: {% set script = … %}.
PAGE = [
    "confirm",
    "copy",
    "counter",
    "held",
    "lines",
    "more",
    "print",
    "refresh",
    "refusal",
    "reveal",
    "search",
    "share",
    "shown-for",
    "thread",
    "toc",
    "undo",
    "unsaved",
]
SCRIPTS = {
    "page": PAGE,
    "draft": [*PAGE, "autosave", "checklist", "presence", "preview", "upload"],
    "lesson": [*PAGE, "reading"],
    "matrix": [*PAGE, "grid"],
    "desk": [
        *PAGE,
        "autosave",
        "criteria",
        "notes",
        "points",
        "remarks",
        "review_keys",
        "tabs",
    ],
    "saving": [*PAGE, "autosave"],
    "numbers": [*PAGE, "kept"],
    "studio": [*PAGE, "attach", "caret", "kept", "outline", "sketch"],
}


@dataclass(frozen=True)
class Asset:
    """A file as browsers get it, whole or put together."""

    name: str
    content: bytes

    @property
    def media_type(self) -> str:
        """Return the type that the name tells."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @cached_property
    def fingerprint(self) -> str:
        """Return a hash of the content, short enough for an address."""
        return hashlib.sha256(self.content).hexdigest()[:12]


def serve_assets(app: Flask) -> None:
    """Serve what pages load, under addresses that change with the content.

    So a browser may keep a file for a year; without the hash it asks again each
    time. `url_for("static", …)` puts the hash there by itself.
    """
    app.add_url_rule("/static/<path:filename>", "static", static)

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and (asset := assets().get(values["filename"])):
            values.setdefault("v", asset.fingerprint)

    font = WEB_FONT.relative_to(FOLDER).as_posix()
    app.jinja_env.globals["web_font"] = font if font in assets() else None


@allow(PUBLIC)
def static(filename: str) -> Response:
    """A style sheet, a script, a picture or the font: the same for everybody."""
    asset = assets().get(filename) or abort(404)
    response = Response(asset.content, mimetype=asset.media_type)
    response.set_etag(asset.fingerprint)
    response.cache_control.public = True
    if request.args.get("v") == asset.fingerprint:
        response.cache_control.max_age = YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    encoding = accepted_encoding() if is_text(asset.media_type) else None
    if encoding and "Range" not in request.headers:
        response.set_data(_packed(filename, encoding))
        mark_encoded(response, encoding)
    length = response.content_length
    response.make_conditional(request, accept_ranges=True, complete_length=length)
    return response


@cache
def assets() -> dict[str, Asset]:
    """Return all that has an address here, by name: it is looked up, never opened."""
    files = [path for kind in KINDS for path in (FOLDER / kind).glob("*.*")]
    found = {
        name: Asset(name, path.read_bytes())
        for path in sorted(files)
        if (name := path.relative_to(FOLDER).as_posix())
    }
    style = Asset("css/site.css", _style(found).encode())
    scripts = [
        Asset(f"js/{kind}.js", _script(names).encode())
        for kind, names in SCRIPTS.items()
    ]
    return found | {asset.name: asset for asset in [style, *scripts]}


def _style(found: dict[str, Asset]) -> str:
    """Put the style sheets into one, with hashes in the addresses of what it loads."""
    paths = [path for names in STYLES for path in sorted(FOLDER.glob(names))]
    style = "\n".join(source_of(path) for path in paths)
    for name, asset in found.items():
        style = style.replace(f"../{name}", f"../{name}?v={asset.fingerprint}")
    return style


def _script(names: list[str]) -> str:
    """Put behaviours into one module, each in a block, so their names stay apart."""
    paths = [FOLDER / "js" / f"{name}.js" for name in sorted(names)]
    return "\n".join(f"{{\n{source_of(path)}}}" for path in paths)


def source_of(path: Path) -> str:
    """Read a style sheet or a behaviour without its comments, which need not travel."""
    return COMMENTS[path.suffix].sub("", path.read_text(encoding="utf-8"))


@cache
def _packed(filename: str, encoding: str) -> bytes:
    """Pack as small as it goes: once in the life of the process."""
    return compress(assets()[filename].content, encoding, thorough=True)
