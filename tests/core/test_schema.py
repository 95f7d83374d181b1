"""Tables of another release: brought to this one, or refused, and nothing lost."""

import sqlite3
import threading
from contextlib import closing

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import current_app
from flask_migrate import downgrade, upgrade

from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import HEAD, REVISIONS, check_schema, copy_sqlite
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.tables import lines_of
from tests.older_rows import fill_tables, rows_of

only_sqlite = pytest.mark.parametrize("bare_url", ["sqlite"], indirect=True)


def say_revision(revision):
    with db.engine.begin() as connection:
        statement = sa.text("UPDATE alembic_version SET version_num = :revision")
        connection.execute(statement, {"revision": revision})


def test_revisions_are_those_of_the_migrations(app):
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)

    known = [script.revision for script in scripts.walk_revisions()]

    assert known == REVISIONS[::-1]


@pytest.fixture(params=REVISIONS[:-1])
def older_rows(bare, request):
    """The tables of an older release, each with a row."""
    upgrade(revision=request.param)
    with db.engine.begin() as connection:
        fill_tables(connection)
        return rows_of(connection)


def test_rows_of_an_older_release_survive_the_upgrade(older_rows):
    upgrade()

    with db.engine.connect() as connection:
        rows = rows_of(connection)
    for table, row in older_rows.items():
        assert row.items() <= rows[table].items(), table


def test_rows_of_an_older_release_are_read_by_this_one(older_rows):
    upgrade()

    for mapper in db.Model.registry.mappers:
        found = db.session.query(mapper).first()
        assert found or mapper.local_table.name not in older_rows


@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_upgrade_ends_no_request_that_is_under_way(bare):
    """A request holds the last table that the revisions change and wants the first."""
    upgrade(revision="0007")
    engine, begun, ended = db.engine, threading.Event(), []

    def request():
        with engine.begin() as connection:
            connection.execute(sa.text('SELECT id FROM "user" FOR UPDATE'))
            begun.set()
            connection.execute(sa.text("SELECT pg_sleep(1.5)"))
            connection.execute(sa.text("UPDATE team SET name = name"))
        ended.append("well")

    thread = threading.Thread(target=request)
    thread.start()
    begun.wait()
    upgrade()

    thread.join()
    assert ended == ["well"]


def test_list_that_waits_for_its_confirmation_is_laid_out_anew(bare):
    upgrade(revision="0003")
    with db.engine.begin() as connection:
        fill_tables(connection)
        cells = {"school": "Школа № 12", "email": "anna@school12.ru"}
        enrolment = db.metadata.tables["enrolment"]
        connection.execute(enrolment.update().values(lines=[[2, cells]]))

    upgrade()

    waiting = db.session.scalars(db.select(Enrolment)).one()
    (line,) = lines_of(waiting.lines, waiting.header, waiting.places)
    assert (line.cells["school"], line.cells["email"]) == tuple(cells.values())


def test_step_back_that_loses_rows_is_refused(bare, capfd):
    upgrade()
    with db.engine.begin() as connection:
        fill_tables(connection)
        before = rows_of(connection)

    with pytest.raises(SystemExit):
        downgrade(revision="base")

    check_schema(db.engine)
    with db.engine.connect() as connection:
        assert rows_of(connection) == before


def test_step_back_from_empty_tables_is_taken(bare):
    upgrade()

    downgrade(revision="base")

    assert sa.inspect(db.engine).get_table_names() == ["alembic_version"]


def test_empty_database_is_no_base_for_a_site(bare):
    with pytest.raises(StartError, match=r"Базы ещё нет. Выполните: flask setup"):
        check_schema(db.engine)


@only_sqlite
def test_looking_for_a_database_makes_none(bare, tmp_path):
    with pytest.raises(StartError):
        check_schema(db.engine)

    assert not (tmp_path / "lms.sqlite3").exists()


@pytest.mark.parametrize(
    ("revision", "said"), [("0001", "База старее"), ("9999", "База новее")]
)
def test_database_of_another_release_is_refused(bare, revision, said):
    upgrade()
    say_revision(revision)

    with pytest.raises(StartError, match=said):
        check_schema(db.engine)


def test_database_from_before_the_first_release_is_refused(bare):
    upgrade()
    with db.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE cohort DROP COLUMN second_share"))

    with pytest.raises(StartError, match=r"cohort\.second_share"):
        check_schema(db.engine)


def test_database_newer_than_the_site_is_not_migrated(bare, caplog):
    upgrade()
    say_revision("9999")

    with pytest.raises(SystemExit):
        upgrade()

    assert "База новее сайта" in caplog.text


@only_sqlite
def test_upgrade_copies_the_file_of_the_database_first(bare, capsys):
    upgrade(revision=REVISIONS[0])

    upgrade()

    [copy] = (bare.config["INSTANCE"] / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as old:
        stored = old.execute("SELECT version_num FROM alembic_version").fetchone()
    assert stored == (REVISIONS[0],)
    assert str(copy) in capsys.readouterr().out


@only_sqlite
def test_upgrade_waits_for_its_copy(bare, caplog):
    upgrade(revision=REVISIONS[0])
    (bare.config["INSTANCE"] / "backups").write_text("a file where a folder should be")

    with pytest.raises(SystemExit):
        upgrade()

    assert "Копия базы не получилась" in caplog.text
    with pytest.raises(StartError, match="База старее"):
        check_schema(db.engine)


def test_only_the_newest_copies_stay(template_database, tmp_path):
    for number in range(5):
        copy_sqlite(template_database, tmp_path, before=f"{number:04}")

    kept = sorted(path.name[:11] for path in tmp_path.glob("*.sqlite3"))
    assert kept == ["before-0002", "before-0003", "before-0004"]


@only_sqlite
def test_unreadable_database_is_told_in_a_sentence(bare, tmp_path):
    (tmp_path / "lms.sqlite3").write_text("not a database " * 100)

    with pytest.raises(StartError, match="База не отвечает"):
        check_schema(db.engine)


def test_head_is_the_last_revision():
    assert REVISIONS[-1] == HEAD
