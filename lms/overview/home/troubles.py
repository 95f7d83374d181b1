"""What keeps letters and other jobs from being done, each with where to mend it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from flask import current_app

from lms.core.database import utcnow
from lms.core.jobs import Job, is_letter
from lms.core.language import plural
from lms.core.mail import has_mail_server
from lms.core.worker import Heartbeat, is_fresh
from lms.identity.accounts.models import User
from lms.identity.outbox.listing import Place
from lms.identity.outbox.permissions import visible_jobs
from lms.overview.home.concern import Concern

TRIES = 3
# A worker does a letter in seconds, and a thousand of them within the hour.
TOO_LONG = timedelta(hours=1)


class Troubles(NamedTuple):
    """How many letters and other jobs are not done, and when a worker was seen."""

    letters_parked: int
    letters_failing: int
    letters_waiting: int
    letters_kept: int
    jobs_parked: int
    jobs_failing: int
    worker_seen_at: datetime | None


def mail_and_jobs(found: Troubles) -> Iterator[Concern]:
    """Return what an admin has to do about mail and jobs."""
    is_silent = _is_silent(found)
    if current_app.config["LMS_PRODUCTION"] and not current_app.config["SMTP_URL"]:
        sentence = "Почта не настроена: письма никому не уходят, задайте SMTP_URL"
        yield Concern(sentence, "outbox.index")
    if is_silent:
        sentence = (
            "Больше 10 минут никто не выполняет задания: запустите flask jobs run"
        )
        yield Concern(sentence, "outbox.index")
    yield from _letters(found, is_silent=is_silent)
    yield from _jobs(found)


def _letters(found: Troubles, *, is_silent: bool) -> Iterator[Concern]:
    if count := found.letters_parked:
        letters = plural(count, "письмо не ушло", "письма не ушли", "писем не ушли")
        sentence = f"{letters}, и сайт больше не пробует: посмотрите причину"
        yield Concern(sentence, "outbox.index")
    if count := found.letters_failing:
        letters = plural(count, "письмо", "письма", "писем")
        verb = "не уходит" if count == 1 else "не уходят"
        sentence = f"{letters} {verb}: проверьте почтовый сервер, сайт пробует два дня"
        yield Concern(sentence, "outbox.index", {"only": "FAILING"})
    if (count := found.letters_waiting) and not is_silent:
        letters = plural(count, "письмо ждёт", "письма ждут", "писем ждут")
        sentence = f"{letters} отправки больше часа"
        yield Concern(sentence, "outbox.index", {"only": "WAITING"})
    if count := found.letters_kept:
        yield Concern(_about_kept(count), "outbox.index", {"only": "KEPT"})


def _about_kept(count: int) -> str:
    if has_mail_server():
        forms = ("письмо так и не ушло", "письма так и не ушли", "писем так и не ушли")
        return f"{plural(count, *forms)}: отправьте {'его' if count == 1 else 'их'}"
    forms = ("письмо лежит", "письма лежат", "писем лежат")
    return f"{plural(count, *forms)} в папке: почта не настроена"


def _jobs(found: Troubles) -> Iterator[Concern]:
    if count := found.jobs_parked:
        jobs = plural(count, "задание", "задания", "заданий")
        verb = "вышло" if count == 1 else "вышли"
        sentence = f"{jobs} не {verb}, и сайт больше не пробует: посмотрите причину"
        yield Concern(sentence, "outbox.index")
    if count := found.jobs_failing:
        forms = ("фоновая задача стоит", "фоновые задачи стоят", "фоновых задач стоит")
        sentence = f"{plural(count, *forms)}: причина в записях сервера"
        yield Concern(sentence, "outbox.index")


def _is_silent(found: Troubles) -> bool:
    return not is_fresh(found.worker_seen_at)


def troubles_columns(admin: User) -> sa.Subquery:
    """Count what `Troubles` holds, in its order, as a part of a statement.

    Letters are counted where the page of letters shows them, and not at all where it
    keeps them from this admin. A letter whose worker died has no reason, and waits.
    """
    is_parked = Job.failed_for_good()
    is_failing = sa.and_(Job.parked_at.is_(None), Job.tries >= TRIES)
    has_reason = Job.error != ""
    is_late = sa.and_(Place.WAITING.condition, Job.run_at < utcnow() - TOO_LONG)
    counts = (
        sa.func.count().filter(is_letter(), is_parked),
        sa.func.count().filter(is_letter(), is_failing, has_reason),
        sa.func.count().filter(is_letter(), is_late),
        sa.func.count().filter(Job.lies_in_folder()),
        sa.func.count().filter(~is_letter(), is_parked),
        sa.func.count().filter(~is_letter(), is_failing),
        sa.select(Heartbeat.at).limit(1).scalar_subquery(),
    )
    jobs = visible_jobs(admin).where(Job.done_at.is_(None)).order_by(None)
    return jobs.with_only_columns(*counts).subquery()
