"""`flask backup`, `flask verify` and `flask restore` as one types them."""

import pytest

from lms.core.extensions import db
from tests.conftest import person
from tests.core.backup.conftest import everything


@pytest.fixture
def flask(app):
    """Return a function that runs a command of a site: the first, if none is named."""

    def run(*words, site=app):
        db.session.commit()
        with site.app_context():
            return site.test_cli_runner().invoke(args=[str(word) for word in words])

    return run


def test_site_is_written_checked_and_restored(furnished, flask, tmp_path, elsewhere):
    before, path = everything(), tmp_path / "site.zip"

    results = [
        flask("backup", path),
        flask("verify", path),
        flask("restore", path, site=elsewhere),
    ]

    assert [result.exit_code for result in results] == [0, 0, 0], results
    with elsewhere.app_context():
        assert everything() == before


def test_backup_leaves_an_older_one_alone(furnished, flask, tmp_path):
    path = tmp_path / "site.zip"
    path.write_text("of last year")

    result = flask("backup", path)

    assert result.exit_code == 1
    assert path.read_text() == "of last year"


def test_backup_without_a_lost_file_ends_as_a_failure(stored_map, flask, tmp_path):
    stored_map.unlink()

    for command in ("backup", "verify"):
        result = flask(command, tmp_path / "site.zip")

        assert result.exit_code == 1
        assert f"files/{stored_map.name[:2]}/{stored_map.name}" in result.output


@pytest.mark.parametrize("command", ["backup", "verify", "restore"])
def test_command_in_an_empty_place_says_why_not(elsewhere, flask, tmp_path, command):
    result = flask(command, tmp_path / "site.zip", site=elsewhere)

    assert result.exit_code == 1
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("bare_url", ["postgresql"], indirect=True)
def test_row_that_the_database_refuses_is_told(app, flask, elsewhere, tmp_path):
    person("Я" * 300, "long@example.org")
    flask("backup", tmp_path / "site.zip")

    result = flask("restore", tmp_path / "site.zip", site=elsewhere)

    assert result.exit_code == 1
    assert result.output.splitlines()[-1].startswith("База отказала: ")
