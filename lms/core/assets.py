"""Styles, scripts and fonts: addresses that carry a hash, kept for a year."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, request

from lms.core.fonts import WEB_FONT

YEAR_SECONDS = 365 * 24 * 60 * 60


def version_assets(app: Flask) -> None:
    """Put a content hash into the address of every static file.

    The address changes with the content, so a browser may keep the file for a
    year; without the hash it asks again each time.
    """
    folder = Path(app.root_path) / "static"

    @lru_cache
    def fingerprint(name: str) -> str:
        path = folder / name
        if not path.is_file():
            return ""
        return hashlib.sha256(path.read_bytes()).hexdigest()[:12]

    @app.url_defaults
    def add_hash(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "v" not in values:
            values["v"] = fingerprint(values["filename"])

    def max_age(name: str | None) -> int:
        # The style sheet names the font, so the version is in the font's name.
        lasting = request.args.get("v") or str(name).endswith(WEB_FONT.name)
        return YEAR_SECONDS if lasting else 0

    app.get_send_file_max_age = max_age  # type: ignore[method-assign, assignment]
    scripts = sorted(path.name for path in (folder / "js").glob("*.js"))
    app.jinja_env.globals["scripts"] = [f"js/{name}" for name in scripts]
    app.jinja_env.globals["has_font"] = WEB_FONT.is_file()
