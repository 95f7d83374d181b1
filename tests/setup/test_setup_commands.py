"""`flask setup`, and what other commands say before it."""

import signal
import subprocess
import sys

import pytest
import sqlalchemy as sa

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.core.schema import check_schema
from lms.course.modules.models import Module
from lms.demo.models import Demonstration
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from tests.conftest import PASSPHRASE, PASSWORD, count, save
from tests.course.test_modules_sync import CONSENT, COURSE, write
from tests.sample_course import FILES

ADMIN = {
    "LMS_ADMIN_NAME": "Лях Вера Павловна",
    "LMS_ADMIN_EMAIL": "admin@school.ru",
    "LMS_ADMIN_PASSWORD": PASSPHRASE,
}


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course folder with one module, in place of the real one."""
    root = tmp_path / "content"
    write(root, FILES)
    (root / "course.md").write_text(COURSE, encoding="utf-8")
    (root / "consent.md").write_text(CONSENT, encoding="utf-8")
    monkeypatch.setattr("lms.setup.commands.ROOT", tmp_path)
    return root


@pytest.fixture
def flask(bare, course):
    """Return a function that runs a command of the site."""

    def run(*words, typed=None, **env):
        db.session.commit()
        return bare.test_cli_runner().invoke(args=words, input=typed, env=env)

    return run


def test_setup_opens_a_site(flask):
    result = flask("setup", **ADMIN)

    assert result.exit_code == 0, result.output
    check_schema(db.engine)
    assert can_administer(db.session.scalars(sa.select(User)).one())
    assert db.session.scalars(sa.select(Module)).one().current_revision


def test_setup_a_second_time_changes_nothing(flask):
    flask("setup", **ADMIN)
    before = count(User), count(Module)

    result = flask("setup", **ADMIN)

    assert result.exit_code == 0
    assert result.output.count("без изменений") == 4
    assert (count(User), count(Module)) == before


def test_setup_asks_for_the_administrator_until_the_password_will_do(flask):
    who = ["Лях Вера", "admin@school.ru"]
    typed = [*who, PASSWORD, PASSWORD, *who, PASSPHRASE, PASSPHRASE]

    result = flask("setup", typed="\n".join(typed))

    assert result.exit_code == 0, result.output
    assert "подбирают первым" in result.output
    assert db.session.scalars(sa.select(User)).one().email == "admin@school.ru"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"LMS_ADMIN_PASSWORD": ""}, "задайте и LMS_ADMIN_PASSWORD"),
        ({"LMS_ADMIN_PASSWORD": PASSWORD}, "подбирают первым"),
        ({"LMS_ADMIN_EMAIL": "admin@"}, "LMS_ADMIN_EMAIL=admin@"),
        (dict.fromkeys(ADMIN, ""), "Администратор не заведён"),
    ],
)
def test_setup_without_an_administrator_says_what_to_give(flask, wrong, said):
    result = flask("setup", **ADMIN | wrong)

    assert result.exit_code == 1
    assert said in result.output
    assert count(User) == 0


def test_setup_stops_at_a_course_with_mistakes(flask, course):
    (course / "04-nastavnichestvo" / "lesson.md").write_text("без шапки")

    result = flask("setup", **ADMIN)

    assert result.exit_code == 1
    assert "есть ошибки" in result.output


def test_setup_leaves_a_demonstration_alone(flask, bare):
    flask("setup", **ADMIN)
    save(Demonstration())
    bare.config["LMS_PRODUCTION"] = True

    result = flask("setup")

    assert result.exit_code == 1
    assert "В этой базе пример" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ["accounts", "create-admin"],
        ["modules", "sync"],
        ["agenda", "digest"],
        ["jobs", "run"],
    ],
)
def test_command_before_setup_says_what_is_missing(flask, words):
    result = flask(*words)

    assert result.exit_code == 1
    assert result.output.strip() == "Базы ещё нет. Выполните: flask setup"


def test_author_checks_a_course_before_setup(flask, course):
    assert flask("modules", "check", str(course)).exit_code == 0


def test_jobs_of_the_demonstration_are_not_done_in_production(flask, bare):
    flask("setup", **ADMIN)
    save(Demonstration())
    bare.config["LMS_PRODUCTION"] = True

    assert "В этой базе пример" in flask("jobs", "run").output


def kill_after(line, env):
    """Set up the real course and kill the process when it has said a line."""
    words = [sys.executable, "-m", "flask", "--app", "app", "setup"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(words, cwd=ROOT, env=env, **pipes) as process:
        for said in process.stdout:
            if line in said:
                break
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("line", ["База: готова", "входит с почтой", "00-vebinar"])
def test_setup_that_was_killed_is_finished_by_the_next(bare, bare_url, line, flask):
    folder = str(bare.config["INSTANCE"])
    python = {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1"}
    kill_after(line, python | ADMIN | {"INSTANCE": folder, "DATABASE_URL": bare_url})

    result = flask("setup", **ADMIN)

    assert result.exit_code == 0, result.output
    assert count(User) == 1
    assert "без изменений" in flask("setup").output
