"""Addresses that leave the site: in mails, on certificates, in QR codes."""

from typing import Any

from flask import current_app


def site_link(endpoint: str, **values: Any) -> str:
    """Return the full address of a page, whoever asks and from wherever.

    The host comes from the settings and never from the request, so a forged
    `Host` header cannot put a stranger's address into our mail.
    """
    url: str = current_app.config["LMS_URL"]
    adapter = current_app.url_map.bind("localhost")
    return url + adapter.build(endpoint, values, force_external=False)
