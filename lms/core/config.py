"""Settings: one table, read from the environment once, at the start."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ROOT = Path(__file__).parent.parent.parent
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class ConfigError(Exception):
    """The site must not start with these settings; the text says what to set."""


def load_config(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Translate environment variables into Flask's settings.

    The README has the same table in words.
    """
    instance = Path(env.get("INSTANCE") or ROOT / "instance").resolve()
    port = _number(env, "PORT", 8000)
    demo = env.get("LMS_DEMO") == "1"
    production = is_production(env)
    if demo and production:
        raise ConfigError("LMS_DEMO=1 is for one's own machine: unset it in production")
    url = env.get("LMS_URL") or f"http://127.0.0.1:{port}"
    return {
        "INSTANCE": instance,
        "SECRET_KEY": env.get("SECRET_KEY") or _own_secret(instance, production),
        "SQLALCHEMY_DATABASE_URI": _database_url(env, instance),
        # What people wrote stays out of the log when a statement fails.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "LMS_DEMO": demo,
        "LMS_PRODUCTION": production,
        "LMS_HOST": env.get("LMS_HOST") or "127.0.0.1",
        "LMS_PORT": port,
        "LMS_URL": url.rstrip("/"),
        "LMS_TIMEZONE": _zone(env),
        "LMS_MAIL_FROM": env.get("LMS_MAIL_FROM") or "noreply@example.org",
        "LMS_PROXIES": _number(env, "LMS_PROXIES", 0),
        "LMS_JOBS": env.get("LMS_JOBS", "1") == "1",
        "SMTP_URL": env.get("SMTP_URL") or "",
        "RATELIMIT_STORAGE_URI": env.get("LMS_LIMITS_URL") or "memory://",
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "ARGON2": {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1},
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": 60 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 90,
        # A late answer to an older page must not put back the cookie of its time.
        "SESSION_REFRESH_EACH_REQUEST": False,
    }


def is_production(env: Mapping[str, str]) -> bool:
    """Tell whether strangers can reach the site.

    A production server says so by itself; forgetting one variable must not
    open a site with a guessable secret.
    """
    return env.get("LMS_ENV") == "production" or env.get(
        "SERVER_SOFTWARE", ""
    ).startswith("gunicorn")


def check_bind(host: str, *, demo: bool, production: bool) -> None:
    """Refuse an address that other machines can reach, unless it is production."""
    if host in LOOPBACK or (production and not demo):
        return
    raise ConfigError(
        f"{host} can be reached from other machines: set LMS_ENV=production"
        " and SECRET_KEY, and do not use LMS_DEMO=1"
    )


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal():
        raise ConfigError(f"{name}={value} is not a number")
    return int(value)


def _zone(env: Mapping[str, str]) -> str:
    name = env.get("LMS_TIMEZONE") or "Europe/Moscow"
    try:
        return ZoneInfo(name).key
    except (ValueError, ZoneInfoNotFoundError):
        raise ConfigError(
            f"LMS_TIMEZONE={name} is no time zone: set one like Asia/Novosibirsk"
        ) from None


def _database_url(env: Mapping[str, str], instance: Path) -> str:
    url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'lms.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _own_secret(instance: Path, production: bool) -> str:
    """Keep a random key beside the database, for a site on one's own machine."""
    if production:
        raise ConfigError("Set SECRET_KEY: production does not start without it")
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / "secret_key"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32), encoding="utf-8")
        draft.rename(path)
    return path.read_text(encoding="utf-8")
