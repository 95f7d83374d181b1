"""Addresses that outlive a request, and links that people paste."""

from typing import Any
from urllib.parse import urlsplit

from flask import current_app

WHOLE_LINK = "Вставьте ссылку целиком, она начинается с https://."


def site_link(endpoint: str, **values: Any) -> str:
    """Return the full address of a page, whoever asks and from wherever.

    The host comes from the settings and never from the request, so a forged
    `Host` header cannot put a stranger's address into our mail.
    """
    url: str = current_app.config["LMS_URL"]
    return url + site_path(endpoint, **values)


def site_path(endpoint: str, **values: Any) -> str:
    """Return the address of a page without the host, for texts that are stored."""
    adapter = current_app.url_map.bind("localhost")
    return adapter.build(endpoint, values, force_external=False)


def is_web_address(text: str) -> bool:
    """Tell whether a link is safe to press: https, a host, no spaces, no password."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    plain = text.isprintable() and not any(sign in text for sign in ' "<>\\')
    return parts.scheme == "https" and bool(host) and plain and "@" not in parts.netloc
