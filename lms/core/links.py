"""Addresses that outlive a request: in mails, on certificates, in stored texts."""

from typing import Any

from flask import current_app


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
