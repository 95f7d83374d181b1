"""The site at two sizes: `make bench SCALE=district` or `SCALE=country`.

`python -m tests.scale country FOLDER`: the database and the files are in FOLDER while
it runs. The district is a hundredth of the country: 4,000 people in 400 teams.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from lms.core.backup.rows import go_on_counting, tables
from lms.core.config import ROOT
from lms.core.extensions import db
from lms.course.modules.sync import sync
from lms.demo.fill import fill
from lms.outcomes.certificates.finishers import recount_finishers
from lms.schools.teams.models import Team
from lms.site import create_app
from lms.work.submissions.models import Attempt
from tests import postgres, served
from tests.conftest import Browser, settings
from tests.priced_pages import (
    Page,
    bare_page,
    opened,
    pages_of,
    revised_work,
    sign_in,
)

# How many cohorts of a hundred teams there are, when pages are measured.
SIZES = {"district": (1, 4), "country": (4, 400)}
COUNTRY = Path(__file__).with_name("country.sql")
TRUST_KEYS = "SET LOCAL session_replication_role = replica"
# Helpers that come and go could not be asked what they took.
ALONE = "ALTER ROLE postgres SET max_parallel_workers_per_gather = 0"
ROUNDS, SECONDS = 15, 10
NANOSECONDS = 1_000_000_000


class Size(NamedTuple):
    """What was there, and what each page took: seconds and statements."""

    teams: int
    attempts: int
    prices: list[tuple[float, int]]


def main() -> None:
    """Print how pages grow, and what a second process gives."""
    parser = argparse.ArgumentParser()
    parser.add_argument("size", choices=SIZES)
    parser.add_argument("folder", nargs="?", default=tempfile.gettempdir(), type=Path)
    asked = parser.parse_args()
    programs = postgres.find_programs()
    if programs is None:
        sys.exit("PostgreSQL is missing")
    commit = subprocess.check_output(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, text=True
    )
    print(f"`make bench SCALE={asked.size}`, commit {commit}", flush=True)
    print("| processes | database | lessons a second | | PSS | RSS |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        url = f"sqlite:///{folder}/lms.sqlite3"
        with demonstration(url, Path(folder, "sqlite")) as site:
            served.print_served("SQLite", site)
        with (
            postgres.running_server(programs, asked.folder) as url,
            demonstration(url, Path(folder, "postgresql")) as site,
        ):
            served.print_served("PostgreSQL", site)
            print_growth(site, *SIZES[asked.size])


@contextmanager
def demonstration(url: str, instance: Path) -> Iterator[Flask]:
    """Fill the demonstration on a database."""
    site = create_app(settings(url, instance))
    site.test_client_class = Browser
    with site.app_context():
        upgrade()
        assert not any(one.is_refused for one in sync(ROOT / "content", live=True))
        fill()
        try:
            yield site
        finally:
            db.session.remove()
            db.engine.dispose()


def print_growth(site: Flask, small: int, large: int) -> None:
    """Measure every page among few teams and among many."""
    db.session.execute(sa.text(ALONE))
    db.session.commit()
    db.engine.dispose()
    pages = all_pages(site)
    grow(1, small)
    few = measured(pages)
    grow(small + 1, large)
    many = measured(pages)
    print(
        f"\n| page | statements | {few.teams:,} teams, {few.attempts:,} versions",
        end=" ",
    )
    print(f"| {many.teams:,} teams, {many.attempts:,} versions | growth |")
    print("|---|---|---|---|---|")
    for page, before, after in zip(pages, few.prices, many.prices, strict=True):
        sent = str(before[1]) + (f" → {after[1]}" if after[1] != before[1] else "")
        spans = f"{before[0] * 1000:.1f} ms | {after[0] * 1000:.1f} ms"
        print(f"| {page.name} | {sent} | {spans} | ×{after[0] / before[0]:.1f} |")


def grow(first: int, last: int) -> None:
    """Add cohorts with everything in them; the keys are right by construction.

    Who waits for a certificate is counted as the site does it.
    """
    began = time.monotonic()
    with db.engine.begin() as connection:
        connection.execute(sa.text(TRUST_KEYS))
        for statement in COUNTRY.read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                connection.execute(sa.text(statement), {"first": first, "last": last})
        for table in tables():
            go_on_counting(connection, table)
    recount_finishers()
    with db.engine.connect() as connection:
        own = connection.execution_options(isolation_level="AUTOCOMMIT")
        own.execute(sa.text("VACUUM ANALYZE"))
    seconds = time.monotonic() - began
    print(f"Cohorts {first} to {last} were made in {seconds:.0f} s.", flush=True)


def all_pages(site: Flask) -> list[Page]:
    """Return the pages of the demonstration, and the lists that grow with a country."""
    admin, everywhere = sign_in(site, "admin@example.org"), "tutor2@example.org"
    tutor, desk = sign_in(site, everywhere), f"/reviews/{revised_work()}/"
    lists = {
        "people": "/people/",
        "people, found": "/people/?q=Седова+Ольга",
        "teams": "/teams/",
        "teams, found": "/teams/?q=Команда+77",
        "cohorts": "/cohorts/",
        "registry": "/certificates/",
        "registry, found": "/certificates/?words=Ёлкина+Вера",
        "journal": "/audit/",
        "journal, found": "/audit/?q=Команда+77",
    }
    return [
        Page("bare page", bare_page()),
        *pages_of(site),
        Page("home, tutor of all cohorts", opened(tutor, "/home/")),
        Page("queue, tutor of all cohorts", opened(tutor, "/reviews/")),
        Page("desk, tutor of all cohorts", opened(tutor, desk)),
        *(Page(name, opened(admin, path)) for name, path in lists.items()),
    ]


def measured(pages: list[Page]) -> Size:
    """Open every page until it is known well enough."""
    teams, attempts = (
        db.session.scalar(sa.select(sa.func.count()).select_from(table))
        for table in (Team, Attempt)
    )
    return Size(teams, attempts, [price_of(page) for page in pages])


def price_of(page: Page) -> tuple[float, int]:
    """Return what a page takes of the processor, and its statements.

    PostgreSQL counts too; what other programs do meanwhile does not. The first time
    counts only for a page that is too slow to be opened again.
    """
    backend = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
    db.session.rollback()
    spans: list[float] = []
    sent: list[str] = []
    with sent_statements(sent):
        while not spans or (len(spans) <= ROUNDS and sum(spans) < SECONDS):
            sent.clear()
            begins = spent_on(backend)
            page.open()
            spans.append(spent_on(backend) - begins)
    return statistics.median(spans[1:] or spans), len(sent)


@contextmanager
def sent_statements(sent: list[str]) -> Iterator[None]:
    """Write down every statement that is sent to the database."""

    def note(*facts: object) -> None:
        sent.append(str(facts[2]))

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def spent_on(backend: int) -> float:
    """Return the seconds of the processor that we and our part of PostgreSQL took."""
    spent, *_ = Path(f"/proc/{backend}/schedstat").read_text(encoding="ascii").split()
    return time.thread_time() + int(spent) / NANOSECONDS


if __name__ == "__main__":
    main()
