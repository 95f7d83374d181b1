"""The codes of second factors: those of a phone, and those on paper."""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import datetime

import pyotp
from flask import current_app
from pyotp.utils import strings_equal

from lms.identity.factors.models import SecondFactor

ISSUER = "Точка сборки"
# A phone's clock may be so many half-minutes wrong.
WINDOW = 1
RECOVERY_CODES = 10


def secret_of(factor: SecondFactor) -> str:
    """Work out the secret that a person's phone keeps."""
    key: str = current_app.config["SECRET_KEY"]
    facts = f"second factor {factor.user_id} {factor.nonce}".encode()
    return base64.b32encode(hmac.digest(key.encode(), facts, "sha256")[:20]).decode()


def address_of(secret: str, email: str) -> str:
    """Return what a phone reads from the picture."""
    return pyotp.TOTP(secret, name=email, issuer=ISSUER).provisioning_uri()


def step_of(secret: str, code: str, moment: datetime) -> int | None:
    """Return the half-minute whose code this is, if it is one about now."""
    totp = pyotp.TOTP(secret)
    now = totp.timecode(moment)
    digits = re.sub(r"\D", "", code, flags=re.ASCII)
    steps = range(now - WINDOW, now + WINDOW + 1)
    return next((s for s in steps if strings_equal(digits, totp.generate_otp(s))), None)


def new_recovery_codes() -> list[str]:
    """Return codes for paper, in groups that are easy to copy by hand."""
    return [_grouped(_letters()) for _ in range(RECOVERY_CODES)]


def digest_of(code: str) -> str:
    """Return what is kept of a code for paper, however it was typed."""
    plain = re.sub(r"[^a-z2-7]", "", code.lower())
    return hashlib.sha256(plain.encode()).hexdigest()


def grouped(secret: str) -> str:
    """Write a secret so that a person can type it."""
    return _grouped(secret.lower(), separator=" ")


def _letters() -> str:
    return base64.b32encode(secrets.token_bytes(10)).decode().lower()


def _grouped(text: str, separator: str = "-") -> str:
    return separator.join(re.findall(".{4}", text))
