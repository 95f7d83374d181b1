"""HTTP headers that tell a browser what the site never does."""

from flask import Flask, Response, make_response, request

RULES = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
]
# What is part of a page, and as personal.
KEPT_LIKE_A_PAGE = "private, no-cache, must-revalidate"
POLICY = "; ".join([*RULES, "frame-ancestors 'none'"])


def page_with_frames(page: str) -> Response:
    """Answer with a page that shows others of ours in frames; no other page may."""
    response = make_response(page)
    response.headers["Content-Security-Policy"] = f"{POLICY}; frame-src 'self'"
    return response


def let_us_frame(response: Response) -> Response:
    """Allow our own pages, and nobody else's, to show an answer in a frame."""
    own = response.headers.get("Content-Security-Policy")
    rules = [own] if own else RULES if response.mimetype == "text/html" else []
    policy = "; ".join([*rules, "frame-ancestors 'self'"])
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


def set_security_headers(app: Flask) -> None:
    """Send a strict Content-Security-Policy and its companions with every answer."""

    @app.after_request
    def add(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", POLICY)
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        headers.setdefault("Permissions-Policy", "camera=(), microphone=()")
        if request.is_secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        kept = response.cache_control
        if response.mimetype == "text/html":
            # Not `no-store`: with it «Назад» brings back an empty form.
            headers.setdefault("Cache-Control", "private, no-cache")
        elif not (kept.public or kept.immutable or kept.must_revalidate):
            headers["Cache-Control"] = "private, no-store"
        return response
