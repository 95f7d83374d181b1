"""What things cost, as ratios of things measured in the same run: `make bench`.

Absolute times depend on the machine and on what else it does; the growth from 100
to 10,000 works and the price of a page against an empty one do not.
"""

import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from lms.core.config import ROOT
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState, cohort_tutor
from lms.course.content.archive import read_folder
from lms.course.modules.intake import import_revision
from lms.course.modules.services import publish
from lms.identity.accounts.models import Role, User
from lms.review.reviews.leases import let_go, take_next
from lms.schools.enrolments.services import confirm_list, plan_of, upload_list
from lms.schools.teams.models import Membership, Position, School, Team
from lms.site import create_app
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Attempt, Status, Submission
from lms.work.submissions.services import start_submission
from tests import postgres, priced_pages
from tests.conftest import PASSWORD, Browser, person, settings
from tests.lists import as_csv, line, people

FEW, MANY, EDITORS, SAVES = 100, 10_000, 50, 4
LISTS = (500, 5_000)
TEAM_OF = 8
LESSON = "04-nastavnichestvo"


def main() -> None:
    """Measure on SQLite, and on PostgreSQL where it is installed."""
    asked = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.check_output(asked, text=True).strip()
    print(f"`make bench`, commit {commit}, Python {sys.version.split()[0]}\n")
    print("| what | database | 100 | 10,000 | growth |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", f"sqlite:///{folder}/lms.sqlite3", Path(folder))
        if programs := postgres.find_programs():
            with postgres.running_server(programs) as url:
                measure("PostgreSQL", url, Path(folder))
    print()
    priced_pages.main()


def measure(name: str, url: str, folder: Path) -> None:
    """Print every figure for one database."""
    site = create_app(settings(url, folder / name))
    site.test_client_class = Browser
    with site.app_context():
        upgrade()
        tutor, captain, team, module = _stage()
        works = {}
        for count in (FEW, MANY):
            _add_waiting(module, team, count)
            db.session.execute(sa.text("ANALYZE"))
            db.session.commit()
            works[count] = _next_work(tutor), _queue_page(site, tutor)
        rows = zip(works[FEW], works[MANY], ("next work", "queue page"), strict=True)
        for few, many, what in rows:
            print(f"| {what} | {name} | {_ms(few)} | {_ms(many)} | ×{many / few:.1f} |")
        _print_pages(site, name, captain)
        _print_saves(site, name, module, team, captain)
        _print_lists(name, tutor)
        db.session.remove()
        db.engine.dispose()


def _stage() -> tuple[User, User, Team, object]:
    cohort = Cohort(
        name="Замер",
        calendar="two_years",
        starts_on=today() - timedelta(days=60),
        state=CohortState.OPEN,
    )
    team = Team(
        school=School(name="Школа", municipality="Город"), cohort=cohort, name="А"
    )
    db.session.add(team)
    db.session.commit()
    tutor = person("Громов Илья", "tutor@example.org", Role.TUTOR)
    captain = person("Седова Анна", "captain@example.org")
    db.session.add(Membership(user=captain, team=team, position=Position.TEACHER))
    link = sa.insert(cohort_tutor).values(cohort_id=cohort.id, user_id=tutor.id)
    db.session.execute(link)
    db.session.commit()
    files = read_folder(ROOT / "content" / LESSON)
    slugs = [folder.name[3:] for folder in (ROOT / "content").glob("[0-9]*-*")]
    revision = import_revision(LESSON, files, author=None, note="", neighbours=slugs)
    publish(revision, actor=None)
    module = revision.module
    row = CalendarRow(module=module, position=4, opens_on=today() - timedelta(days=30))
    cohort.rows.append(row)
    db.session.commit()
    return tutor, captain, team, module


def _add_waiting(module, team: Team, count: int) -> None:
    """Add waiting works of many teams until there are `count`, by bulk inserts."""
    present = db.session.scalar(sa.select(sa.func.count(Submission.id))) or 0
    school, cohort = team.school_id, team.cohort_id
    names = [f"Команда {n}" for n in range(present, count)]
    facts = {"school_id": school, "cohort_id": cohort}
    db.session.execute(sa.insert(Team), [{"name": n, **facts} for n in names])
    teams = db.session.scalars(sa.select(Team.id).where(Team.name.in_(names))).all()
    sent = {"module_id": module.id, "status": Status.WAITING, "cohort_id": cohort}
    works = [
        {"team_id": t, "sent_at": utcnow() - timedelta(minutes=n), **sent}
        for n, t in enumerate(teams)
    ]
    db.session.execute(sa.insert(Submission), works)
    ids = db.session.scalars(sa.select(Submission.id).where(~_is_attempted())).all()
    answer = {"number": 1, "revision_id": module.current_revision_id, "fields": []}
    author = db.session.scalar(sa.select(User.id).limit(1))
    attempts = [{"submission_id": i, "sent_by_id": author, **answer} for i in ids]
    db.session.execute(sa.insert(Attempt), attempts)
    db.session.commit()


def _is_attempted() -> sa.ColumnElement[bool]:
    return sa.exists().where(Attempt.submission_id == Submission.id)


def _next_work(tutor: User) -> float:
    def take() -> None:
        work_id = take_next(tutor)
        let_go(db.session.get_one(Submission, work_id), tutor=tutor)

    return _median(take, 20)


def _queue_page(site: Flask, tutor: User) -> float:
    browser = _browser(site, tutor)
    return _median(lambda: browser.get("/reviews/"), 20)


def _browser(site: Flask, user: User) -> FlaskClient:
    browser = site.test_client()
    form = {"email": user.email, "password": PASSWORD}
    assert browser.post("/accounts/sign-in", data=form).status_code == 302
    return browser


def _print_pages(site: Flask, name: str, captain: User) -> None:
    """Price a lesson against the emptiest page that this site serves."""
    client = site.test_client()
    nothing = _median(lambda: client.get("/healthz"), 50)
    path = "/modules/nastavnichestvo/"
    browser = _browser(site, captain)
    browser.get(path)  # the first page of a session gets its form token
    lesson = browser.get(path)
    known, size = {"If-None-Match": lesson.headers["ETag"]}, len(lesson.data)
    assert browser.get(path, headers=known).status_code == 304
    full = _median(lambda: browser.get(path), 50)
    same = _median(lambda: browser.get(path, headers=known), 50)
    for what, cost in [("lesson page", full), ("lesson page, 304", same)]:
        price = f"×{cost / nothing:.1f} of /healthz"
        print(f"| {what} | {name} | {_ms(cost)} | | {price} |")
    print(f"| lesson page, weight | {name} | {size // 1024} KB | | |")


def _print_saves(site: Flask, name: str, module, team: Team, captain: User) -> None:
    """Count autosaves of many editors, each in a draft of their own."""
    drafts = []
    for _ in range(EDITORS):
        own = Team(school_id=team.school_id, cohort_id=team.cohort_id, name=str(_))
        db.session.add(own)
        db.session.commit()
        work = start_submission(module, user=captain, team=own)
        drafts.append(work.id)
    author_id = captain.id
    db.session.rollback()

    def edit(work_id: int) -> None:
        with site.app_context():
            for version in range(SAVES):
                work = db.session.get_one(Submission, work_id)
                author = db.session.get_one(User, author_id)
                text = f"Текст {version}"
                save_field(work, "zaprosy", text, base_version=version, author=author)
            db.session.remove()

    threads = [threading.Thread(target=edit, args=(work_id,)) for work_id in drafts]
    begins = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = EDITORS * SAVES / (time.perf_counter() - begins)
    print(f"| autosaves a second, {EDITORS} editors | {name} | {rate:.0f} | | |")


def _print_lists(name: str, admin: User) -> None:
    """Enrol lists of people in teams of eight: read and compared, then carried out."""
    costs = [_enrol(count, admin) for count in LISTS]
    steps = ("compared", "carried out")
    for step, few, many in zip(steps, *costs, strict=True):
        what = f"list of {LISTS[0]} and of {LISTS[1]:,} people, {step}"
        print(f"| {what} | {name} | {_ms(few)} | {_ms(many)} | ×{many / few:.1f} |")


def _enrol(count: int, admin: User) -> tuple[float, float]:
    cohort = Cohort(name=f"{count}", calendar="two_years", starts_on=today())
    db.session.add(cohort)
    db.session.commit()
    schools = [[f"№ {n}", "Город", "", "А"] for n in range(count // TEAM_OF + 1)]
    lines = (
        line(email=f"p{n}@{count}.example", team=schools[n // TEAM_OF])
        for n in range(count)
    )
    content = as_csv(people(*lines))
    begins = time.perf_counter()
    upload = upload_list(cohort, content=content, name="список.csv", author=admin)
    seen = plan_of(upload).fingerprint
    compared = time.perf_counter()
    confirm_list(upload, seen=seen, remove=(), actor=admin)
    done = time.perf_counter()
    return compared - begins, done - compared


def _median(action, times: int) -> float:
    action()
    spans = []
    for _ in range(times):
        begins = time.perf_counter()
        action()
        spans.append(time.perf_counter() - begins)
    return statistics.median(spans)


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


if __name__ == "__main__":
    main()
