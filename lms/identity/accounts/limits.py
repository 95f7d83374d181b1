"""How often somebody may guess passwords, ask for letters, and write."""

import hashlib
from typing import Any

from flask import Response, request
from flask_limiter.util import get_remote_address
from flask_login import current_user

from lms.core.extensions import limiter
from lms.identity.accounts.services import normalise_email
from lms.identity.accounts.sessions import half_signed_in

LATER = "Подождите {} и попробуйте снова. Так сайт защищает пароли от подбора."


def typed_account() -> str:
    """Name the account that is tried, without keeping its address anywhere."""
    email = normalise_email(request.form.get("email", ""))
    return hashlib.sha256(email.encode()).hexdigest()


def typed_account_here() -> str:
    """Name the account that is tried together with the address it is tried from."""
    return f"{typed_account()} {get_remote_address()}"


def signed_in_person() -> str:
    """Name the account that asks; guests never get as far as a text."""
    return f"person {current_user.id}"


def half_signed_in_person() -> str:
    """Name the account whose password was right and whose code is tried."""
    return f"half {half_signed_in()}"


def was_refused(response: Response) -> bool:
    """Tell a failed try; a school signs in from one address all at once."""
    return response.status_code != 302


_TRIES: dict[str, Any] = {
    "methods": ["POST"],
    "error_message": LATER.format("четверть часа"),
}
tries_per_address = limiter.limit(
    "60 per 15 minutes", deduct_when=was_refused, **_TRIES
)
tries_per_account_and_address = limiter.limit(
    "10 per 15 minutes", key_func=typed_account_here, **_TRIES
)
# So loose that nobody is locked out by a stranger who guesses from one place.
tries_per_account = limiter.limit(
    "100 per 15 minutes", key_func=typed_account, **_TRIES
)
tries_per_half = limiter.limit(
    "10 per 15 minutes", key_func=half_signed_in_person, **_TRIES
)
tries_per_person = limiter.shared_limit(
    "10 per 15 minutes", scope="codes", key_func=signed_in_person, **_TRIES
)
letters_per_address = limiter.limit(
    "30 per hour", methods=["POST"], error_message=LATER.format("час")
)
letters_per_account = limiter.limit(
    "5 per hour",
    key_func=typed_account,
    methods=["POST"],
    error_message=LATER.format("час"),
)
additions_per_person = limiter.shared_limit(
    "40 per 10 minutes",
    scope="additions",
    key_func=signed_in_person,
    methods=["POST"],
    error_message="Слишком много записей за десять минут. Подождите немного и"
    " отправьте эту ещё раз.",
)
renders_per_person = limiter.shared_limit(
    "30 per minute",
    scope="renders",
    key_func=signed_in_person,
    error_message="Слишком часто. Подождите минуту и попробуйте снова.",
)
