"""The two databases, and a site on each that all tests share.

Making a site takes longer than most tests, and with it go the templates and the
statements that were compiled. So a process makes one for each database; a test gets
it as new: an empty database, its own folder, the settings as they were.
"""

import os
import shutil
import sqlite3

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from lms.core.extensions import db, limiter
from lms.site import create_app
from tests import postgres
from tests.conftest import Browser, settings


@pytest.fixture(scope="session", autouse=True)
def impatience():
    """Wait for no disk: no test pulls the plug.

    Rows that nobody put in order come last first, so that nobody relies on theirs:
    PostgreSQL returns them otherwise only once in many runs.
    """

    def hurry(connection, _record):
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA reverse_unordered_selects = ON")

    sa.event.listen(sa.Engine, "connect", hurry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _handle: None)
        yield
    sa.event.remove(sa.Engine, "connect", hurry)


@pytest.fixture(scope="session")
def template_database(tmp_path_factory):
    """An empty SQLite file that the migrations made; copied for each test."""
    folder = tmp_path_factory.mktemp("template")
    _migrate(f"sqlite:///{folder / 'lms.sqlite3'}", folder)
    return folder / "lms.sqlite3"


@pytest.fixture(scope="session")
def postgres_programs():
    """The folder with `initdb`; tests on PostgreSQL are skipped without it."""
    programs = postgres.find_programs()
    if programs is None:
        assert not os.environ.get("CI"), "PostgreSQL is missing"
        pytest.skip("PostgreSQL is missing")
    return programs


@pytest.fixture(scope="session")
def postgres_url(postgres_programs, tmp_path_factory):
    """An empty PostgreSQL database that the migrations made."""
    with postgres.running_server(postgres_programs) as url:
        _migrate(url, tmp_path_factory.mktemp("pg"))
        yield url


def _migrate(url, folder):
    site = create_app(settings(url, folder))
    with site.app_context():
        upgrade()
        db.engine.dispose()  # the last connection folds the journal into the file


@pytest.fixture(scope="session")
def lay_out(tmp_path_factory):
    """Return a function that lays a copy of an SQLite file where the site has its own.

    The journal of the file before goes too, if a test left a connection open.
    """
    place = tmp_path_factory.mktemp("sqlite") / "lms.sqlite3"

    def lay(origin):
        for path in place.parent.iterdir():
            path.unlink()
        return f"sqlite:///{shutil.copy(origin, place)}"

    return lay


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """Every test that touches the database runs on both."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    lay_out = request.getfixturevalue("lay_out")
    return lay_out(request.getfixturevalue("template_database"))


@pytest.fixture(scope="session")
def site_at(tmp_path_factory):
    """Return a function that gives the site on a database, its settings as at first."""
    sites = {}

    def find(url):
        if url not in sites:
            site = create_app(settings(url, tmp_path_factory.mktemp("site")))
            site.test_client_class = Browser
            sites[url] = site, dict(site.config)
        site, first = sites[url]
        site.config.clear()
        site.config.update(first)
        return site

    yield find
    for site, _ in sites.values():
        with site.app_context():
            db.engine.dispose()


@pytest.fixture
def app(database_url, site_at, tmp_path):
    """The site on an empty database; its context is open for the whole test."""
    site = site_at(database_url)
    site.config["INSTANCE"] = tmp_path / "instance"
    site.config["INSTANCE"].mkdir(mode=0o700, exist_ok=True)
    limiter.enabled = site.config["RATELIMIT_ENABLED"]  # it serves every site made
    with site.app_context():
        yield site
        db.session.remove()
        if database_url.startswith("postgresql"):
            postgres.empty(db.engine, db.metadata.tables)
        else:
            db.engine.dispose()  # the next test lays another file there


@pytest.fixture
def site_with(app):
    """Return a function that makes one more site on the database, set otherwise."""
    made = []

    def make(**otherwise):
        site = create_app(dict(app.config) | otherwise)
        site.test_client_class = Browser
        made.append(site)
        return site

    yield make
    for site in made:
        with site.app_context():
            db.engine.dispose()
