"""The environment: one variable at a time, read or refused in one sentence."""

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
ENVIRONMENTS = {"", "development", "production"}
DRIVERS = {"sqlite", "postgresql+psycopg"}
MAIL_SCHEMES = {"smtp", "smtps"}
LIMITS = {"redis", "rediss"}
USUAL_ZONE = "Europe/Moscow"
LAST_PORT = 65535
SHORTEST_KEY = 32
NOT_WRITABLE = "INSTANCE={}: в эту папку не записать ({})."
FULL = {errno.ENOSPC, errno.EDQUOT}
NEW_KEY = 'python3 -c "import secrets; print(secrets.token_hex(32))"'


class StartError(Exception):
    """The site must not start like this; the text says what to do."""


def read_flag(env: Mapping[str, str], name: str, default: str) -> bool:
    """Read a variable that is on or off."""
    value = env.get(name) or default
    if value not in {"0", "1"}:
        raise StartError(f"{name}={value}: нужна 1 (да) или 0 (нет).")
    return value == "1"


def read_number(
    env: Mapping[str, str], name: str, default: int, *, least: int = 0, most: int
) -> int:
    """Read a whole number between two bounds."""
    value = env.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= most:
        raise StartError(f"{name}={value}: нужно целое число от {least} до {most}.")
    return int(value)


def read_word(env: Mapping[str, str]) -> str:
    """Read `LMS_ENV`: a misspelt «production» must not open a site half-closed."""
    word = env.get("LMS_ENV") or ""
    if word not in ENVIRONMENTS:
        raise StartError(f"LMS_ENV={word}: бывает production или development.")
    return word


def read_zone(env: Mapping[str, str]) -> str:
    """Read the time zone in which the days of cohorts begin."""
    name = env.get("LMS_TIMEZONE") or USUAL_ZONE
    try:
        return ZoneInfo(name).key
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise StartError(
            f"LMS_TIMEZONE={name}: такого пояса нет, нужен вроде Asia/Novosibirsk."
        ) from None


def read_folder(env: Mapping[str, str], *, default: Path) -> Path:
    """Read, and make, the folder of everything that is stored.

    A folder on a full disk is taken: what is in it can be read, and backed up.
    """
    folder = Path(env.get("INSTANCE") or default).resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=folder) as probe:
            probe.write(b"1")
    except OSError as error:
        if not (error.errno in FULL and folder.is_dir()):
            raise StartError(NOT_WRITABLE.format(folder, error.strerror)) from None
    return folder


def read_backups(env: Mapping[str, str]) -> Path | None:
    """Read the folder of nightly backups; without one, none are made."""
    folder = env.get("LMS_BACKUPS")
    return Path(folder).resolve() if folder else None


def read_secret(env: Mapping[str, str], folder: Path, *, production: bool) -> str:
    """Read the key that signs sessions; one's own machine keeps a random one."""
    secret = env.get("SECRET_KEY") or ""
    if not production:
        return secret or _own_secret(folder)
    if not secret:
        raise StartError(f"SECRET_KEY не задан. Случайный ключ: {NEW_KEY}")
    if len(secret) < SHORTEST_KEY:
        raise StartError(
            f"SECRET_KEY короче {SHORTEST_KEY} знаков. Случайный ключ: {NEW_KEY}"
        )
    return secret


def read_token(env: Mapping[str, str]) -> str:
    """Read what opens the numbers of the site to other machines; nothing by default."""
    token = env.get("LMS_METRICS_TOKEN") or ""
    if token and len(token) < SHORTEST_KEY:
        raise StartError(
            f"LMS_METRICS_TOKEN короче {SHORTEST_KEY} знаков. Случайный: {NEW_KEY}"
        )
    return token


def read_address(env: Mapping[str, str], port: int, *, production: bool) -> str:
    """Read the address of the site that stands in letters and QR codes."""
    address = env.get("LMS_URL") or ""
    if not address and production:
        raise StartError("LMS_URL не задан: укажите адрес сайта, https://имя-сайта.")
    scheme, host = _scheme_and_host(address or f"http://127.0.0.1:{port}")
    if scheme not in {"http", "https"} or not host:
        raise StartError(f"LMS_URL={address}: нужен адрес вида https://имя-сайта.")
    if production and scheme == "http" and host not in LOOPBACK:
        raise StartError(
            f"LMS_URL={address}: без TLS пароли видны всем, нужен https://{host}."
        )
    return (address or f"http://127.0.0.1:{port}").rstrip("/")


def read_proxies(env: Mapping[str, str], address: str, *, production: bool) -> int:
    """Read how many proxies to trust; behind one, nobody may forget it.

    With 0 behind a proxy all people come from one address and share its limits.
    """
    if production and address.startswith("https://") and not env.get("LMS_PROXIES"):
        raise StartError(
            "LMS_PROXIES не задан: 1, если TLS держит nginx, 0 — если сам gunicorn."
        )
    return read_number(env, "LMS_PROXIES", 0, most=9)


def read_database(env: Mapping[str, str], folder: Path) -> str:
    """Read the address of the database; its password is never repeated."""
    url = env.get("DATABASE_URL") or f"sqlite:///{folder / 'lms.sqlite3'}"
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            url = "postgresql+psycopg://" + url.removeprefix(prefix)
    try:
        driver = make_url(url).drivername
    except (ArgumentError, ValueError):
        driver = ""
    if driver not in DRIVERS:
        raise StartError(
            "DATABASE_URL: сайт работает с PostgreSQL и SQLite, нужен адрес вида"
            " postgresql://имя:пароль@хост/база или sqlite:////путь/к/файлу."
        )
    return url


def read_mail_server(env: Mapping[str, str]) -> str:
    """Read the address of the mail server; its password is never repeated."""
    url = env.get("SMTP_URL") or ""
    scheme, host = _scheme_and_host(url)
    if url and not (scheme in MAIL_SCHEMES and host):
        raise StartError(
            "SMTP_URL: нужен адрес вида smtp://имя:пароль@хост:587 или smtps://…"
        )
    account = urlsplit(url).netloc.rpartition("@")[0]
    if not unquote(account).isascii():
        raise StartError("SMTP_URL: имя и пароль почты бывают только латиницей.")
    return url


def read_sender(env: Mapping[str, str]) -> str:
    """Read from whom letters come."""
    sender = env.get("LMS_MAIL_FROM") or "noreply@example.org"
    name, _, domain = sender.strip("> ").rpartition("@")
    if not name or not domain:
        raise StartError(f"LMS_MAIL_FROM={sender}: нужна почта вида kurs@имя-сайта.")
    return sender


def read_limits(env: Mapping[str, str]) -> str:
    """Read where sign-in attempts are counted."""
    url = env.get("LMS_LIMITS_URL") or "memory://"
    scheme, host = _scheme_and_host(url)
    if url != "memory://" and not (scheme in LIMITS and host):
        raise StartError("LMS_LIMITS_URL: нужен адрес вида redis://хост:6379/0.")
    return url


def _scheme_and_host(url: str) -> tuple[str, str]:
    """Return both, or nothing where the address has no sense or a wrong port.

    A host that is no name, like `a..b`, is refused here and not by the first letter.
    """
    try:
        parts = urlsplit(url)
        (parts.hostname or "").encode("idna")
        return (parts.scheme, parts.hostname or "") if parts.port != 0 else ("", "")
    except ValueError:
        return "", ""


def _own_secret(folder: Path) -> str:
    """Keep a random key beside the database."""
    path = folder / "secret_key"
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        try:
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_hex(32), encoding="utf-8")
            draft.rename(path)
        except OSError as error:
            draft.unlink(missing_ok=True)
            raise StartError(NOT_WRITABLE.format(folder, error.strerror)) from None
    return path.read_text(encoding="utf-8")
