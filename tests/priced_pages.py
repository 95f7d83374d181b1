"""What pages cost against a bare one: the second table of `make bench`.

Alone: `python -m tests.priced_pages 2>/dev/null`. The demonstration is filled, its
people open their pages, and between them the bare page is rendered: 30 KB of Jinja in
a Flask site that does nothing else. Processor time is measured, so that a page is not
charged for what other programs do meanwhile.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa
from flask import Flask, render_template
from flask_migrate import upgrade

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.course.modules.sync import sync
from lms.demo.fill import fill
from lms.identity.accounts.models import User
from lms.review.reviews.permissions import visible_works
from lms.schools.teams.models import Team
from lms.site import create_app
from lms.work.submissions.models import Attempt, Status, Submission
from tests import postgres
from tests.conftest import PASSWORD, Browser, settings

ROUNDS, ROWS = 60, 276
LESSON = "/modules/nastavnichestvo/"
BARE = """<!doctype html><title>{{ title }}</title><table>{% for row in rows %}
<tr><td>{{ row.number }}<td>{{ row.name }}<td>{{ row.words }}{% endfor %}</table>"""


class Page(NamedTuple):
    """One page as one person opens it."""

    name: str
    open: Callable[[], int]


class Price(NamedTuple):
    """What a page costs: seconds of the processor, statements, bytes."""

    seconds: float
    statements: int
    size: int


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    print("| page | database | of the bare rate | processor | statements | HTML |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        print_prices("SQLite", f"sqlite:///{folder}/pages.sqlite3", Path(folder))
        if programs := postgres.find_programs():
            with postgres.running_server(programs) as url:
                print_prices("PostgreSQL", url, Path(folder))


def print_prices(name: str, url: str, folder: Path) -> None:
    """Fill the demonstration on a database and print what its pages cost."""
    site = create_app(settings(url, folder / f"{name}-pages"))
    site.test_client_class = Browser
    with site.app_context():
        upgrade()
        assert not any(one.is_refused for one in sync(ROOT / "content", live=True))
        fill()
        db.session.execute(sa.text("ANALYZE"))
        db.session.commit()
        pages = [Page("bare page", bare_page()), *pages_of(site)]
        prices = prices_of(pages)
        for page, (seconds, statements, size) in zip(pages, prices, strict=True):
            rate = f"{prices[0].seconds / seconds:.2f}"
            cost = f"{seconds * 1000:.1f} ms | {statements} | {size / 1024:.0f} KB"
            print(f"| {page.name} | {name} | {rate} | {cost} |")
        db.session.remove()
        db.engine.dispose()


def bare_page() -> Callable[[], int]:
    """Return what opens the page that all others are compared with."""
    site = Flask("bare")
    template = site.jinja_env.from_string(BARE)
    words = "Слова, в которых <экранируют> что надо"
    rows = [{"number": n, "name": f"№ {n}", "words": words} for n in range(ROWS)]

    @site.get("/")
    def bare() -> str:
        return render_template(template, title="Замер", rows=rows)

    browser = site.test_client()
    return lambda: len(browser.get("/").data)


def pages_of(site: Flask) -> list[Page]:
    """Return the pages that people of the demonstration open most."""
    # Of one team, as nearly everybody: who has two is offered a choice of them. The
    # start page notes what was seen, so its reader is another than that of the lesson.
    reader, member, tutor, admin = (
        sign_in(site, f"{who}@example.org")
        for who in ("rogov", "other", "tutor", "admin")
    )
    largest = sa.select(Team.cohort_id).group_by(Team.cohort_id)
    cohort = db.session.scalar(largest.order_by(sa.func.count().desc()).limit(1))
    reader.get("/home/")  # news are seen once, and counted on every page until then
    known = {"If-None-Match": reader.get(LESSON).headers["ETag"]}
    return [
        Page("lesson", opened(reader, LESSON)),
        Page("lesson, 304", opened(reader, LESSON, 304, headers=known)),
        Page("home, participant", opened(member, "/home/")),
        Page("home, tutor", opened(tutor, "/home/")),
        Page("home, admin", opened(admin, "/home/")),
        Page("queue", opened(tutor, "/reviews/")),
        Page("desk", opened(tutor, f"/reviews/{revised_work()}/")),
        Page("matrix", opened(tutor, f"/progress/{cohort}/")),
    ]


def sign_in(site: Flask, email: str) -> Browser:
    """Return the browser of somebody from the demonstration."""
    browser = site.test_client()
    form = {"email": email, "password": PASSWORD}
    assert browser.post("/accounts/sign-in", data=form).status_code == 302
    return browser


def opened(
    browser: Browser, path: str, status: int = 200, **options: object
) -> Callable[[], int]:
    """Return what opens a page and tells its size; no other answer is measured."""

    def open_page() -> int:
        answer = browser.get(path, **options)
        assert answer.status_code == status, (path, answer.status_code)
        return len(answer.data)

    return open_page


def revised_work() -> int:
    """Return the waiting work that its tutor has seen most versions of."""
    tutor = db.session.scalars(sa.select(User).filter_by(email="tutor@example.org"))
    versions = sa.func.count(Attempt.id)
    works = visible_works(tutor.one()).where(Submission.status == Status.WAITING)
    mine = works.join(Submission.attempts).group_by(Submission.id)
    ids = mine.with_only_columns(Submission.id)
    return db.session.scalar(ids.order_by(versions.desc(), Submission.id).limit(1))


def prices_of(pages: list[Page]) -> list[Price]:
    """Measure the pages in turns, so that whatever slows the machine slows all."""
    spans: dict[str, list[float]] = {page.name: [] for page in pages}
    counted = [count_statements(page.open) for page in pages]
    for _ in range(ROUNDS):
        for page in pages:
            begins = time.thread_time()
            page.open()
            spans[page.name].append(time.thread_time() - begins)
    return [
        Price(statistics.median(spans[page.name]), *facts)
        for page, facts in zip(pages, counted, strict=True)
    ]


def count_statements(action: Callable[[], int]) -> tuple[int, int]:
    """Return how many statements a page sends when opened again, and its size."""
    sent: list[str] = []

    def note(*facts: object) -> None:
        sent.append(str(facts[2]))

    action()
    sa.event.listen(db.engine, "before_cursor_execute", note)
    size = action()
    sa.event.remove(db.engine, "before_cursor_execute", note)
    return sum(not statement.startswith("BEGIN") for statement in sent), size


if __name__ == "__main__":
    main()
