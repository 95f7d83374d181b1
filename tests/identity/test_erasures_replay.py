"""A backup made before an erasure does not bring the person back."""

from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa

from lms.core.backup.restore import restore_backup
from lms.core.backup.snapshot import make_backup
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.erasures.asking import ask_erasure, call_off
from lms.identity.erasures.letters import call_off_link
from lms.identity.erasures.models import Erasure
from lms.identity.erasures.register import Erased, list_files, note_erased, read_list
from lms.identity.erasures.replay import replay, replay_beside
from tests.conftest import PASSWORD
from tests.erasures import cells_with, do_jobs, erase_now


@pytest.fixture
def nightly(app, tmp_path):
    """The folder of nightly backups."""
    app.config["LMS_BACKUPS"] = tmp_path / "backups"
    app.config["LMS_BACKUPS"].mkdir()
    return app.config["LMS_BACKUPS"]


def test_restored_backup_is_erased_again_by_the_list_beside_it(
    nightly, elsewhere, member
):
    name, backup = member.full_name, nightly / "site.zip"
    make_backup(backup)
    erase_now(member)

    with elsewhere.app_context():
        restore_backup(backup)
        assert cells_with(name)

        said = replay_beside(backup)
        do_jobs()

        assert "Удалено заново: 1\xa0человек" in said
        assert cells_with(name) == set()


def test_command_replays_a_list_as_often_as_one_likes(app, nightly, member):
    runner, path = app.test_cli_runner(), nightly / "erased.jsonl"
    note_erased(Erased(member.id, member.created_at))

    first, again = (
        runner.invoke(args=["accounts", "replay-erasures", str(path)]) for _ in range(2)
    )

    assert "Удалено заново: 1" in first.output
    assert "Удалено заново: 0" in again.output
    assert db.session.get_one(User, member.id, populate_existing=True).erased_at


def test_whoever_calls_off_after_a_try_that_was_cut_off_is_in_no_list(nightly, member):
    erasure = ask_erasure(member, password=PASSWORD)
    mine = Erased(member.id, member.created_at)
    note_erased(mine)  # and then the process was killed

    call_off(erasure.request_id)

    assert [read_list(path) for path in list_files()] == [[], []]
    assert "Удалено заново: 0" in replay(list_files())
    note_erased(mine)  # asked for once more, later
    assert [read_list(path) for path in list_files()] == [[mine], [mine]]


def test_list_that_takes_no_words_keeps_what_was_asked_for(app, nightly, member, guest):
    erasure = ask_erasure(member, password=PASSWORD)
    note_erased(Erased(member.id, member.created_at))
    [path, _] = list_files()
    path.unlink()
    path.mkdir()  # a place that cannot be read

    answer = guest.post(urlsplit(call_off_link(erasure)).path)

    assert answer.status_code == 503
    assert "Удаление не отменено" in answer.text
    assert db.session.get_one(Erasure, erasure.request_id).can_be_called_off


def test_restoring_without_a_list_says_what_to_do(app, tmp_path):
    said = replay_beside(tmp_path / "site.zip")

    assert "flask accounts replay-erasures ФАЙЛ" in said


def test_missing_list_is_refused(app, tmp_path):
    args = ["accounts", "replay-erasures", str(tmp_path / "no")]

    answer = app.test_cli_runner().invoke(args=args)

    assert answer.exit_code == 1
    assert "нет" in answer.output


def test_list_of_another_site_erases_nobody(app, member, tmp_path):
    stranger = Erased(member.id, member.created_at.replace(year=2020))
    note_erased(stranger)

    replay(list_files())

    assert db.session.scalars(sa.select(User.erased_at)).all() == [None]


def test_line_that_was_cut_off_takes_no_other_with_it(app, nightly, member):
    path = nightly / "erased.jsonl"
    path.write_text('{"user": 12, "since": "2026-1')
    erased = Erased(member.id, member.created_at)

    note_erased(erased)
    note_erased(erased)

    assert read_list(path) == [erased]
    assert len(path.read_text("utf-8").splitlines()) == 2
