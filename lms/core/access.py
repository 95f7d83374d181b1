"""Deny by default: every address declares who may come, or the site does not start.

`@allow(PUBLIC)` – anybody; `@allow(SIGNED_IN)` – anybody with an account;
`@allow(TUTORS)` – people with one of the roles of this set; for others the address
does not exist (404). The sets stand in `lms/identity/accounts/permissions.py`. Who sees
*which* row is the business of each feature's `permissions.py`. What a page shows to
guests as an exception, `open_if` decides by the address.
"""

import enum
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from lms.core.errors import wants_json

View = TypeVar("View", bound=Callable[..., Any])
Rule = str | frozenset[enum.Enum]

PUBLIC = "public"
SIGNED_IN = "signed in"
READING = {"GET", "HEAD"}
CONSENT = "accounts.consent"
FACTORS = "factors"


def allow(
    rule: Rule, *, open_if: Callable[..., bool] | None = None
) -> Callable[[View], View]:
    """Declare who may come to an address: `PUBLIC`, `SIGNED_IN` or a set of roles.

    A guest comes as well where `open_if`, asked about the parts of the address, agrees.
    """

    def declare(view: View) -> View:
        view.access = rule  # type: ignore[attr-defined]
        view.open_if = open_if  # type: ignore[attr-defined]
        return view

    return declare


def require(allowed: bool) -> None:
    """Stop the request with 403 unless `allowed`."""
    if not allowed:
        abort(403)


def rule_of(app: Flask, endpoint: str) -> Rule:
    """Return what an address declared; nobody has an empty set of roles."""
    return getattr(app.view_functions[endpoint], "access", frozenset())


def may_come(path: str) -> bool:
    """Tell whether the address of a page is one to which the current user may come.

    Which of its things they see there is for the page to say.
    """
    try:
        endpoint, _ = current_app.url_map.bind("").match(path.partition("?")[0])
    except HTTPException:
        return False
    rule = rule_of(current_app, endpoint)
    return isinstance(rule, str) or bool(current_user.roles & rule)


def is_open(app: Flask, endpoint: str, parts: Mapping[str, Any]) -> bool:
    """Tell whether an address shows this one thing to guests too."""
    open_if = getattr(app.view_functions[endpoint], "open_if", None)
    return open_if is not None and open_if(**parts)


def protect(app: Flask) -> None:
    """Check every request against the declared rule; run after all blueprints."""
    if missing := [page for page in app.view_functions if not rule_of(app, page)]:
        raise RuntimeError(f"no rule of access: {', '.join(sorted(missing))}")

    @app.before_request
    def check_access() -> ResponseReturnValue | None:
        if request.endpoint is None:
            return None
        rule = rule_of(app, request.endpoint)
        if rule == PUBLIC:
            return None
        if not current_user.is_authenticated:
            opened = is_open(app, request.endpoint, request.view_args or {})
            return None if opened else ask_first("accounts.sign_in")
        if rule != SIGNED_IN and not current_user.roles & rule:
            abort(404)
        if request.endpoint != CONSENT and must_consent():
            return ask_first(CONSENT)
        if request.blueprint != FACTORS and must_add_factor():
            return ask_first(f"{FACTORS}.index")
        return None


def must_consent() -> bool:
    """Tell whether the person has to read the consent before going on.

    Who is asked again, because there is a new version, first finishes what was
    begun: a text that is being sent is not lost for that.
    """
    sends = request.method not in READING and current_user.consent_version
    return not current_user.has_consented and not sends


def must_add_factor() -> bool:
    """Tell whether people with a role have to add a second factor before going on."""
    owes = current_user.roles and not current_user.has_factor
    return bool(owes and current_user.demands_factor)


def ask_first(endpoint: str) -> ResponseReturnValue:
    """Send a reader to a page that comes first; give a writer the texts back."""
    if request.method in READING and not wants_json():
        here = request.full_path.removesuffix("?")
        return redirect(url_for(endpoint, next=here))
    abort(401)
