"""Numbers for Prometheus: how the site answers, and what waits behind it."""

import hmac
import os
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from flask import Blueprint, Flask, Response, abort, current_app, g, request
from flask.typing import ResponseReturnValue
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from lms.core.access import PUBLIC, allow
from lms.core.backup.nightly import backups_in
from lms.core.database import utcnow
from lms.core.environment import LOOPBACK
from lms.core.extensions import db, limiter
from lms.core.jobs import Job
from lms.core.worker import Heartbeat

# What proxies add to a request that they pass on.
FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP")

bp = Blueprint("metrics", __name__)

ANSWERS = Histogram(
    "lms_answer_seconds",
    "How long answers took, by page and status.",
    ["endpoint", "status"],
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10),
    registry=None,
)


def measure_answers(app: Flask) -> None:
    """Count every answer with its duration; to be called after the log is set up."""

    @app.after_request
    def count(response: Response) -> Response:
        labels = request.endpoint or "unknown", str(response.status_code)
        ANSWERS.labels(*labels).observe(time.perf_counter() - g.began)
        return response


@bp.get("/metrics")
@allow(PUBLIC)
@limiter.exempt
def metrics() -> ResponseReturnValue:
    """Return the numbers to this machine and to whoever knows the token."""
    if not _may_read():
        abort(404)
    registry = CollectorRegistry()
    registry.register(Backlog())
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(ANSWERS)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Backlog(Collector):
    """What waits for workers, and how long nobody has seen one; read when asked."""

    def collect(self) -> Iterator[Metric]:
        """Yield each number with its meaning; what never happened is left out."""
        now = utcnow()
        is_due = sa.and_(Job.waiting(), Job.run_at <= now)
        counted = sa.func.count(Job.id)
        waiting, parked, oldest, beat = db.session.execute(
            sa.select(
                counted.filter(is_due),
                counted.filter(Job.failed_for_good()),
                sa.func.min(Job.run_at).filter(is_due),
                sa.select(sa.func.max(Heartbeat.at)).scalar_subquery(),
            ).where(Job.done_at.is_(None))
        ).one()
        db.session.rollback()
        yield _gauge("lms_jobs_waiting", "Jobs that are due.", waiting)
        yield _gauge("lms_jobs_parked", "Jobs that failed for good.", parked)
        yield from _age("lms_jobs_oldest_seconds", "Wait of the oldest job.", oldest)
        yield from _age("lms_worker_silence_seconds", "Since a worker was seen.", beat)
        yield from _age("lms_backup_age_seconds", "Since the last backup.", _backup())


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(name, meaning, value=value)


def _age(name: str, meaning: str, moment: datetime | None) -> Iterator[Metric]:
    if moment:
        yield _gauge(name, meaning, (utcnow() - moment).total_seconds())


def _backup() -> datetime | None:
    """Return when the last nightly backup was made."""
    folder: Path | None = current_app.config["LMS_BACKUPS"]
    if folder is None or not folder.is_dir():
        return None
    backups = backups_in(folder)
    return backups[0].made_at if backups else None


def _may_read() -> bool:
    token = current_app.config["LMS_METRICS_TOKEN"]
    given = request.authorization
    if token and given and given.type == "bearer":
        return hmac.compare_digest(token.encode(), (given.token or "").encode())
    return _is_from_here()


def _is_from_here() -> bool:
    """Tell who asks this process itself: a proxy asks for others, and says for whom.

    Whatever such a header says was written by them, so its presence is enough.
    """
    is_passed_on = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in LOOPBACK and not is_passed_on
