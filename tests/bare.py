"""A site on a database without any table, as on the day it is set up."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.site import create_app
from tests import conftest


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request, tmp_path):
    """A database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'lms.sqlite3'}"
        return
    server = sa.create_engine(
        request.getfixturevalue("postgres_url"), isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.execute(sa.text("CREATE DATABASE bare"))
        yield str(server.url.set(database="bare"))
        connection.execute(sa.text("DROP DATABASE bare WITH (FORCE)"))
    server.dispose()


@pytest.fixture
def bare(bare_url, tmp_path):
    """A site on a database without any table; its context is open."""
    site = create_app(conftest.settings(bare_url, tmp_path / "instance"))
    with site.app_context():
        yield site
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def elsewhere(bare_url, tmp_path):
    """Another site on an empty database and an empty folder."""
    place = tmp_path / "elsewhere"
    place.mkdir(mode=0o700)
    site = create_app(conftest.settings(bare_url, place))
    yield site
    with site.app_context():
        db.session.remove()
        db.engine.dispose()
