"""Two worlds that differ in a first tutor's decision, as the site itself makes them.

Both begin with a copy of one furnished site and one session, so that everything that
differs between them comes of the decision.
"""

import io
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.deferrals.services import ask
from lms.review.moderation.models import Kind, Reading
from lms.review.threads.services import write_message
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Attempt
from tests.achievements import pass_quiz
from tests.conftest import letters
from tests.works import accept, overdue, send, send_back

# What changes from minute to minute: when something was (as Excel counts days, too) and
# how long it took, what guards a form and what tells its sendings apart.
MOMENT = re.compile(
    r"<time.*?</time>|\d\d:\d\d|<input[^>]*(csrf_token|form_key)[^>]*>|DTSTAMP:\S+"
    r"|<v>\d{5}\.\d+</v>|[\d.]+%|[0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    re.DOTALL,
)
SAID_ANEW = {"Date", "Set-Cookie", "Content-Length", "X-Request-ID"}
# Open to whoever has the secret of another person, or the same for everybody.
NOBODYS = ("static", "health.", "metrics.", "agenda.feed", "accounts.reset")


@dataclass
class World:
    """A site after a decision, and the browser of one who may have to read again."""

    browser: FlaskClient
    values: list[dict]

    def addresses(self, app, method):
        """Return the endpoint of every address about the people of this world."""
        found = {}
        with app.test_request_context():
            for rule in app.url_map.iter_rules():
                if method in rule.methods and not rule.endpoint.startswith(NOBODYS):
                    for values in self.values:
                        known = values | values.get(rule.endpoint, {})
                        parts = {name: known[name] for name in rule.arguments}
                        found[app.url_for(rule.endpoint, **parts)] = rule.endpoint
        return dict(sorted(found.items()))


@pytest.fixture
def world_after(app, database_url, tmp_path, lay_out, furniture, waiting_attempt):
    """Return a function that makes the world after a decision, for a reader."""
    instance, begun = app.config["INSTANCE"], tmp_path / "begun"
    work_id, attempt_id = waiting_attempt.submission_id, waiting_attempt.id

    def begin(reader_cookie):
        db.session.remove()
        db.engine.dispose()  # the last connection folds the journal into the file
        if not begun.exists():
            shutil.copytree(instance, begun)
            shutil.copy(sa.make_url(database_url).database, begun / "lms.sqlite3")
        lay_out(begun / "lms.sqlite3")
        shutil.rmtree(instance)
        shutil.copytree(begun, instance, ignore=shutil.ignore_patterns("*.sqlite3"))
        browser = app.test_client()
        browser.set_cookie("session", reader_cookie)
        return browser

    def make(decide, reader_cookie, *, is_late):
        browser = begin(reader_cookie)
        attempt = db.session.get_one(Attempt, attempt_id)
        decide(attempt)
        if is_late:
            overdue(attempt.submission)
        second = sa.select(sa.func.max(Reading.id)).filter_by(kind=Kind.SECOND)
        own = {"submission_id": work_id, "reading_id": db.session.scalar(second)}
        about = {k: v | own for k, v in furniture.items() if isinstance(v, dict)}
        return World(browser, [furniture, furniture | own | about])

    return make


@pytest.fixture
def waiting_attempt(furniture, begun_work, module, cohort, captain, team):
    """The work that waits for its first decision on a furnished site."""
    cohort.second_share = 100
    attempt = send(module, captain, team)
    letters()
    return attempt


@pytest.fixture
def accepting(tutor, captain):
    """Return a function that accepts a work, after which its team goes on."""
    tutor_id, captain_id = tutor.id, captain.id

    def decide(attempt):
        accept(attempt, db.session.get_one(User, tutor_id))
        _go_on(attempt.submission, db.session.get_one(User, captain_id))

    return decide


@pytest.fixture
def returning(tutor, captain):
    """Return a function that returns a work, after which its team mends it."""
    tutor_id, captain_id = tutor.id, captain.id

    def decide(attempt):
        work = attempt.submission
        send_back(attempt, db.session.get_one(User, tutor_id))
        writer = db.session.get_one(User, captain_id)
        save_field(work, "zaprosy", "Шесть.", base_version=1, author=writer)
        later = work.due_on + timedelta(days=5)
        ask(work, wanted_on=later, reason="Каникулы.", member=writer)
        _go_on(work, writer)

    return decide


def _go_on(work, person):
    pass_quiz(person, work.module, 100)
    write_message(work, "Спасибо.", author=person, seen=0, form_key="thanks")


def answer_of(browser, ask_for, statements):
    """Return what an answer tells: status, headers, words, and the work it made."""
    with statements() as sent:
        answer = ask_for(browser)
    told = {k: v for k, v in answer.headers.items() if k not in SAID_ANEW}
    if answer.mimetype != "text/html":
        told.pop("ETag", None)  # of the bytes, and those are compared
    return answer.status_code, told, len(sent), _words(answer)


def _words(answer):
    if answer.mimetype == "application/pdf":
        return ""  # its pages are made of what `.docx` says
    if not answer.data.startswith(b"PK"):
        return MOMENT.sub("", answer.data.decode("utf-8", "replace"))
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parts:
        names = [name for name in parts.namelist() if "docProps" not in name]
        return [MOMENT.sub("", parts.read(name).decode("utf-8")) for name in names]
