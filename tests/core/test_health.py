"""What those hear who watch over the site."""

import errno
import tempfile

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.schema import HEAD


@pytest.fixture
def older_tables(app):
    """The database says that it is of another release."""
    change = sa.text("UPDATE alembic_version SET version_num = :revision")
    db.session.execute(change, {"revision": "0000"})
    db.session.commit()
    yield
    db.session.execute(change, {"revision": HEAD})
    db.session.commit()


def test_site_is_ready(guest):
    assert guest.get("/readyz").json == {"status": "ok"}


def test_site_with_tables_of_another_release_is_not_ready(older_tables, guest):
    answer = guest.get("/readyz")

    assert (answer.status_code, answer.json) == (503, {"status": "schema"})
    assert guest.get("/healthz").status_code == 200


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EROFS])
def test_site_on_a_disk_that_takes_nothing_is_not_ready(guest, monkeypatch, fault):
    def refuse(**_):
        raise OSError(fault, "the disk takes nothing")

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)

    assert guest.get("/readyz").json == {"status": "disk"}


def test_site_without_its_database_is_not_ready(guest):
    db.session.execute(sa.text("ALTER TABLE alembic_version RENAME TO elsewhere"))
    db.session.commit()

    answer = guest.get("/readyz")

    db.session.execute(sa.text("ALTER TABLE elsewhere RENAME TO alembic_version"))
    db.session.commit()
    assert answer.status_code == 503
