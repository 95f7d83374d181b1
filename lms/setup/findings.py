"""A look at the settings: one sentence about each, and whether it will do."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Config

from lms.core.bucket import Bucket, BucketError
from lms.core.database import utcnow
from lms.core.environment import LOOPBACK
from lms.core.extensions import db
from lms.core.file_store import check_folder, file_store
from lms.core.language import site_zone
from lms.core.mail_server import TROUBLES, connect, part
from lms.core.smtp import in_words
from lms.core.worker import Heartbeat, is_fresh
from lms.course.settings.services import current_settings

ROOMY = 2 * 1024**3
GIGABYTE = 1024**3
OF_OTHERS = 0o077


@dataclass(frozen=True)
class Finding:
    """What is to be said about one setting."""

    is_fine: bool
    sentence: str

    def __str__(self) -> str:
        return f"{'  есть ' if self.is_fine else '  нужно'}  {self.sentence}"


def findings(config: Config) -> Iterator[Finding]:
    """Look at every setting that an organiser answers for."""
    yield _environment(config)
    yield _address(config)
    yield _tls(config)
    yield _proxies(config)
    yield _secret(config)
    yield _mail(config)
    yield _sender(config)
    yield _zone(config)
    yield from _folder(config["INSTANCE"])
    yield from _files(config["LMS_FILES"])
    yield _database()
    yield _backups(config["LMS_BACKUPS"])
    yield _organiser()
    yield _jobs()


def _environment(config: Config) -> Finding:
    if config["LMS_PRODUCTION"]:
        return Finding(True, "Режим: настоящий сайт.")
    return Finding(False, "Режим: для своей машины; для людей LMS_ENV=production.")


def _host(config: Config) -> str:
    return urlsplit(config["LMS_URL"]).hostname or ""


def _address(config: Config) -> Finding:
    if _host(config) in LOOPBACK:
        return Finding(
            False,
            f"Адрес: письма и QR-коды поведут на {config['LMS_URL']}, задайте LMS_URL.",
        )
    return Finding(True, f"Адрес: {config['LMS_URL']}.")


def _tls(config: Config) -> Finding:
    if config["LMS_URL"].startswith("https://"):
        return Finding(True, "TLS: пароли идут по https.")
    return Finding(False, "TLS: нет, пароли идут открыто; нужен LMS_URL=https://…")


def _proxies(config: Config) -> Finding:
    count = config["LMS_PROXIES"]
    if count == 0 and config["LMS_URL"].startswith("https://"):
        return Finding(False, "Прокси: ни одного; за nginx нужно LMS_PROXIES=1.")
    return Finding(True, f"Прокси: {count}." if count else "Прокси: ни одного.")


def _secret(config: Config) -> Finding:
    if config["LMS_PRODUCTION"]:
        return Finding(True, "Ключ: SECRET_KEY задан.")
    return Finding(True, "Ключ: свой случайный или SECRET_KEY.")


def _mail(config: Config) -> Finding:
    if not config["SMTP_URL"]:
        folder = config["INSTANCE"] / "mail"
        return Finding(
            False, f"Почта: не настроена, письма лежат в {folder}; нужен SMTP_URL."
        )
    try:
        # Sign in as a letter would, and leave.
        part(connect(config["SMTP_URL"]))
    except TROUBLES as error:
        said = in_words(error)
        return Finding(False, f"Почта: сервер из SMTP_URL не принимает ({said}).")
    return Finding(True, f"Почта: {urlsplit(config['SMTP_URL']).hostname} отвечает.")


def _sender(config: Config) -> Finding:
    sender = config["LMS_MAIL_FROM"]
    if sender.strip("> ").endswith("@example.org"):
        return Finding(False, f"Отправитель писем: {sender}; задайте LMS_MAIL_FROM.")
    return Finding(True, f"Отправитель писем: {sender}.")


def _zone(config: Config) -> Finding:
    now = utcnow().astimezone(site_zone())
    return Finding(True, f"Часовой пояс: {config['LMS_TIMEZONE']}, там {now:%H:%M}.")


def _folder(folder: Path) -> Iterator[Finding]:
    free = shutil.disk_usage(folder).free
    room = f"{free / GIGABYTE:.1f} ГБ".replace(".", ",")
    yield Finding(free >= ROOMY, f"Папка: {folder}, свободно {room}.")
    if os.name == "posix" and folder.stat().st_mode & OF_OTHERS:
        yield Finding(False, f"Папка: открыта другим, chmod -R go= {folder}")


def _files(bucket: Bucket | None) -> Iterator[Finding]:
    if bucket is None:
        return
    try:
        file_store().check()
    except BucketError as error:
        yield Finding(False, f"Файлы: {error.strerror}; проверьте LMS_FILES_URL.")
    else:
        yield Finding(True, f"Файлы: в {file_store().title}.")


def _database() -> Finding:
    if db.engine.dialect.name == "sqlite":
        return Finding(True, "База: SQLite, её хватает одному серверу.")
    return Finding(True, f"База: PostgreSQL на {db.engine.url.host or 'этой машине'}.")


def _backups(folder: Path | None) -> Finding:
    if folder is None:
        return Finding(False, "Копии: не делаются; назовите папку в LMS_BACKUPS.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_folder(folder)
    except OSError as error:
        return Finding(False, f"Копии: в {folder} не записать ({error.strerror}).")
    return Finding(True, f"Копии: каждую ночь в {folder}.")


def _organiser() -> Finding:
    now = current_settings()
    db.session.rollback()
    if now and now.organiser:
        return Finding(True, f"Организатор: {now.organiser.in_a_line}.")
    return Finding(False, "Организатор: не назван, впишите в «Настройках курса».")


def _jobs() -> Finding:
    """A worker writes down twice a minute that it lives."""
    seen = db.session.scalar(sa.select(Heartbeat.at))
    db.session.rollback()
    if seen is None:
        return Finding(
            False,
            "Задания: ещё не выполнялись; python app.py делает их сам, рядом с"
            " gunicorn запустите flask jobs run.",
        )
    if not is_fresh(seen):
        since = f"{seen.astimezone(site_zone()):%d.%m.%Y %H:%M}"
        return Finding(
            False, f"Задания: никто не выполняет с {since}; запустите flask jobs run."
        )
    return Finding(True, "Задания: выполняются.")
