"""The promises of the tables themselves."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from flask_migrate import check

from lms.core.extensions import db
from lms.identity.accounts.models import ConsentDocument
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.services import record
from tests.conftest import save


def test_migrations_make_the_tables_of_the_models(app):
    check()


def test_immutable_row_cannot_be_changed(app):
    document = save(ConsentDocument(version="1", title="Согласие", html=""))

    document.title = "Другое"

    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()


def test_immutable_row_cannot_be_deleted(app):
    document = save(ConsentDocument(version="1", title="Согласие", html=""))

    db.session.delete(document)

    with pytest.raises(TypeError, match="never deleted"):
        db.session.commit()


@pytest.mark.parametrize(
    "statement", [sa.update(AuditEvent).values(action="-"), sa.delete(AuditEvent)]
)
def test_immutable_rows_cannot_be_changed_in_bulk(app, statement):
    with pytest.raises(TypeError, match="never change"):
        db.session.execute(statement)


def test_orphans_are_refused(app):
    db.session.add(AuditEvent(actor_id=404, action="-", object_type="-", object_id="-"))

    with pytest.raises(sa.exc.IntegrityError):
        db.session.commit()


def test_search_does_not_mind_capital_letters(app):
    save(ConsentDocument(version="1", title="Согласие ОПОРЫ", html=""))

    found = sa.select(ConsentDocument).where(ConsentDocument.title.icontains("опор"))

    assert db.session.scalar(found)


def test_moment_without_a_zone_is_refused(app):
    db.session.add(
        ConsentDocument(version="1", title="", html="", created_at=datetime(2026, 1, 1))
    )

    with pytest.raises(sa.exc.StatementError, match="time zone"):
        db.session.commit()


def test_journal_keeps_who_did_what(app, admin):
    record(admin.id, "изменены роли", admin, before={"роли": []}, after={"роли": ["т"]})
    db.session.commit()

    event = db.session.scalars(sa.select(AuditEvent)).one()
    assert (event.actor_id, event.object_type) == (admin.id, "User")


def test_postgresql_compiles_no_statement(app):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite compiles nothing")

    assert db.session.scalar(sa.text("SHOW jit")) == "off"
