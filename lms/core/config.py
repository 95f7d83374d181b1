"""Settings: one table, read from the environment once, at the start."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from lms.core.bucket import read_files
from lms.core.environment import (
    LAST_PORT,
    LOOPBACK,
    StartError,
    read_address,
    read_backups,
    read_database,
    read_flag,
    read_folder,
    read_limits,
    read_mail_server,
    read_number,
    read_proxies,
    read_secret,
    read_sender,
    read_token,
    read_word,
    read_zone,
)

ROOT = Path(__file__).parent.parent.parent
# How many seconds to wait for Redis.
IMPATIENCE = 0.5
# What people may send: one file, the archive of a module, the texts of one form.
MAX_FILE, MAX_MODULE, MAX_FORM = 20 * 1024**2, 50 * 1024**2, 2 * 1024**2


def load_config(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Translate environment variables into Flask's settings.

    The README has the same table in words.
    """
    demo = read_flag(env, "LMS_DEMO", "0")
    production = is_production(env)
    if demo and production:
        raise StartError("LMS_DEMO=1 — для своей машины: на настоящем сайте уберите.")
    # The demonstration lives apart, so that no real site is built upon it.
    default = ROOT / ("instance-demo" if demo else "instance")
    instance = read_folder(env, default=default)
    port = read_number(env, "PORT", 8000, least=1, most=LAST_PORT)
    secret = read_secret(env, instance, production=production)
    url, limits = read_address(env, port, production=production), read_limits(env)
    return {
        "INSTANCE": instance,
        "SECRET_KEY": secret,
        "SQLALCHEMY_DATABASE_URI": read_database(env, instance),
        # What people wrote stays out of the log when a statement fails.
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},
        "LMS_DEMO": demo,
        "LMS_PRODUCTION": production,
        "LMS_HOST": env.get("LMS_HOST") or "127.0.0.1",
        "LMS_PORT": port,
        "LMS_URL": url,
        "LMS_TIMEZONE": read_zone(env),
        "LMS_MAIL_FROM": read_sender(env),
        "LMS_PROXIES": read_proxies(env, url, production=production),
        "LMS_BACKUPS": read_backups(env),
        "LMS_FILES": read_files(env),
        "LMS_METRICS_TOKEN": read_token(env),
        # How long what was sent may still be undone before it goes out.
        "LMS_UNDO_SECONDS": read_number(env, "LMS_UNDO_SECONDS", 15, least=0, most=60),
        "LMS_JOBS": read_flag(env, "LMS_JOBS", "1"),
        "SMTP_URL": read_mail_server(env),
        "RATELIMIT_STORAGE_URI": limits,
        "RATELIMIT_STORAGE_OPTIONS": limits_options(limits),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_SWALLOW_ERRORS": True,
        "ARGON2": {"time_cost": 2, "memory_cost": 19 * 1024, "parallelism": 1},
        "WTF_CSRF_TIME_LIMIT": None,
        # The translations are those of WTForms (`FlaskForm.Meta.locales`).
        "WTF_I18N_ENABLED": False,
        "MAX_CONTENT_LENGTH": 60 * 1024 * 1024,
        "MAX_FORM_MEMORY_SIZE": MAX_FORM,
        "LMS_MAX_SIZES": {"file": MAX_FILE, "module": MAX_MODULE, "form": MAX_FORM},
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SECURE": url.startswith("https://"),
        "PERMANENT_SESSION_LIFETIME": 60 * 60 * 24 * 90,
        # A late answer to an older page must not put back the cookie of its time.
        "SESSION_REFRESH_EACH_REQUEST": False,
    }


def limits_options(limits: str) -> dict[str, Any]:
    """Return how long to wait for Redis: one that is away costs a moment, no page.

    Its client tries nothing again by itself, as a test makes sure.
    """
    if limits.startswith("memory"):
        return {}
    return dict.fromkeys(("socket_timeout", "socket_connect_timeout"), IMPATIENCE)


def is_production(env: Mapping[str, str]) -> bool:
    """Tell whether strangers can reach the site.

    A production server says so by itself; forgetting one variable must not
    open a site with a guessable secret.
    """
    gunicorn = env.get("SERVER_SOFTWARE", "").startswith("gunicorn")
    return read_word(env) == "production" or gunicorn


def check_bind(host: str, *, demo: bool, production: bool) -> None:
    """Refuse an address that other machines can reach, unless it is production."""
    if host in LOOPBACK or (production and not demo):
        return
    raise StartError(
        f"LMS_HOST={host}: сайт увидят с других машин. Для этого нужны"
        " LMS_ENV=production и SECRET_KEY, а LMS_DEMO=1 не нужен."
    )
