"""A disk or a database that takes nothing: true words, and the text back."""

import errno

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.troubles import CLOSED, FULL, of_disk
from lms.work.submissions.services import start_submission

TEXT = "Абзац ответа. " * 1_300
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def trouble(app):
    """Return a function that says something to the database in every transaction."""
    heard = []

    def say(**words):
        def speak(connection):
            connection.exec_driver_sql(words[connection.dialect.name])

        sa.event.listen(db.engine, "begin", speak)
        heard.append(speak)

    yield say
    for speak in heard:
        sa.event.remove(db.engine, "begin", speak)
    db.session.rollback()
    db.engine.dispose()


@pytest.fixture
def url(module, team, captain):
    work = start_submission(module, user=captain, team=team)
    return f"/drafts/{work.id}/fields/zaprosy"


@pytest.fixture
def writer(sign_in, captain):
    """A browser of the captain; the site is as strict as for strangers."""
    return sign_in(captain)


def test_read_only_disk_is_said_and_the_text_comes_back(writer, trouble):
    trouble(sqlite="PRAGMA query_only = ON", postgresql="SET TRANSACTION READ ONLY")

    page = writer.post("/accounts/profile", data={"full_name": "Зимин <Егор>"})

    assert page.status_code == 503
    assert CLOSED in page.text
    assert "Зимин &lt;Егор&gt;" in page.text


def test_pages_are_still_read_on_a_read_only_disk(writer, trouble):
    trouble(sqlite="PRAGMA query_only = ON", postgresql="SET TRANSACTION READ ONLY")

    assert writer.get("/home/").status_code == 200
    assert writer.get("/accounts/profile").status_code == 200


def test_script_hears_of_a_full_disk(writer, url, trouble):
    if db.engine.dialect.name == "postgresql":
        raise_full = "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100'; END $$"
        trouble(postgresql=raise_full)
    else:
        trouble(sqlite="PRAGMA max_page_count = 1")

    answer = writer.post(url, data={"text": TEXT}, headers=SCRIPT)

    assert (answer.status_code, answer.json) == (503, {"error": FULL})


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_site_with_a_read_only_database_is_not_ready(guest, trouble):
    trouble(postgresql="SET TRANSACTION READ ONLY")

    assert guest.get("/readyz").json == {"status": "disk"}


def test_wrong_statement_is_still_a_mistake_of_ours(app, writer, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    view = app.view_functions["accounts.profile"]

    def ask(**_):
        db.session.execute(sa.text("SELECT nothing FROM nowhere"))

    ask.access = view.access
    monkeypatch.setitem(app.view_functions, "accounts.profile", ask)

    assert writer.get("/accounts/profile").status_code == 500


@pytest.mark.parametrize(
    ("code", "words"),
    [(errno.ENOSPC, FULL), (errno.EDQUOT, FULL), (errno.EROFS, CLOSED)],
)
def test_full_disk_is_told_from_one_that_is_closed(code, words):
    assert of_disk(OSError(code, "no")) == words
