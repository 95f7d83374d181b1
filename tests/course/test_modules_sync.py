import pytest

from lms.core.extensions import db
from lms.course.modules.export import export
from lms.course.modules.intake import import_revision
from lms.course.modules.models import CourseEdition, Module, Revision
from lms.course.modules.services import current_course, newest_revision
from lms.course.modules.sync import Result, sync
from lms.identity.accounts.models import ConsentDocument
from tests.sample_course import FILES, FOLDER, LESSON, files_without

COURSE = """---
title: Школа — центр социума
summary: Курс для школьных команд.
hours: 36
signer: Руководитель курса
completion:
  quiz_percent: 70
calendars:
  two_years:
    title: Два года
    unit: month
    rows:
      - {module: nastavnichestvo, opens: 1, due: 2}
---

О курсе.
"""
CONSENT = """---
version: "1"
title: Согласие
---

Я согласен.
"""
EDITED = LESSON.replace("Одна встреча.", "Две встречи.")


@pytest.fixture
def content(app, tmp_path):
    """A content folder with one module."""
    root = tmp_path / "content"
    write(root, FILES)
    (root / "course.md").write_text(COURSE, encoding="utf-8")
    (root / "consent.md").write_text(CONSENT, encoding="utf-8")
    return root


def write(root, files, folder=FOLDER):
    for path, text in files.items():
        file = root / folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)


def results(root, **options):
    return [outcome.result for outcome in sync(root, **options)]


def edit_on_site():
    import_revision(FOLDER, files_without(lesson=EDITED), author=None, note="")


def module():
    return db.session.scalars(db.select(Module)).one()


def test_folder_seeds_the_site(content):
    assert results(content, live=True) == [Result.IMPORTED, Result.IMPORTED]

    assert module().current_revision.title == "Наставничество. Практики"
    assert current_course().hours == 36
    assert db.session.scalars(db.select(ConsentDocument.version)).all() == ["1"]


def test_without_publishing_nobody_reads_it(content):
    results(content)

    assert not module().is_live


def test_second_sync_changes_nothing(content):
    results(content, live=True)

    assert results(content, live=True) == [Result.SAME, Result.SAME]


def test_changed_folder_becomes_the_next_revision(content):
    results(content, live=True)
    write(content, {"lesson.md": EDITED.encode()})

    results(content, live=True)

    assert module().current_revision.number == 2


def test_another_number_moves_the_module(content):
    results(content, live=True)
    (content / FOLDER).rename(content / "05-nastavnichestvo")

    results(content, live=True)

    assert module().position == 5


def test_edit_of_the_site_is_not_overwritten(content):
    results(content, live=True)
    edit_on_site()
    write(content, {"quiz.md": FILES["quiz.md"].replace("вечер".encode(), b"den")})

    outcome = next(sync(content, live=True))

    assert outcome.result is Result.EDITED
    assert "-Две встречи.\n+Одна встреча.\n" in outcome.difference
    assert newest_revision(module()).number == 2


def test_edit_of_the_site_is_overwritten_when_asked(content):
    results(content)
    edit_on_site()
    write(content, {"media/karta.pdf": b"%PDF-2"})

    assert results(content, overwrite=["nastavnichestvo"])[0] is Result.IMPORTED


def test_unchanged_folder_leaves_the_edit_alone(content):
    results(content, live=True)
    edit_on_site()

    assert results(content, live=True)[0] is Result.SAME


def test_mistakes_are_told_and_the_rest_is_imported(content):
    write(content, FILES, "05-drugoe")
    write(content, {"lesson.md": b"---\n"}, "05-drugoe")

    first, second, _course = sync(content)

    assert (first.result, second.result) == (Result.IMPORTED, Result.WRONG)
    assert "05-drugoe/lesson.md" in {problem.path for problem in second.problems}


def test_two_folders_of_one_module_stop_everything(content):
    write(content, FILES, "05-nastavnichestvo")

    assert results(content) == [Result.WRONG]
    assert db.session.scalars(db.select(Revision)).all() == []


def test_wrong_course_is_not_stored(content):
    (content / "course.md").write_text(COURSE.replace("36", "много"), encoding="utf-8")

    assert results(content)[-1] is Result.WRONG
    assert db.session.scalars(db.select(CourseEdition)).all() == []


def test_export_writes_the_live_course_back(content, tmp_path):
    results(content, live=True)
    edit_on_site()

    export(tmp_path / "copy")

    copy = {
        path.relative_to(tmp_path / "copy"): path.read_bytes()
        for path in (tmp_path / "copy").rglob("*.*")
    }
    assert copy == {
        p.relative_to(content): p.read_bytes() for p in content.rglob("*.*")
    }


def test_import_of_an_export_changes_nothing(content, tmp_path):
    results(content, live=True)
    export(tmp_path / "copy")

    assert results(tmp_path / "copy", live=True) == [Result.SAME, Result.SAME]


def test_export_removes_what_the_module_lost(content, tmp_path):
    results(content, live=True)
    write(tmp_path / "copy", {"media/old.svg": b"", ".git": b""})

    export(tmp_path / "copy")

    folder = tmp_path / "copy" / FOLDER
    assert not (folder / "media/old.svg").exists()
    assert (folder / ".git").exists()


def test_command_tells_what_happened(app, content):
    runner = app.test_cli_runner()

    first = runner.invoke(args=["modules", "sync", str(content), "--publish"])
    edit_on_site()
    write(content, {"media/karta.pdf": b"%PDF-2"})
    second = runner.invoke(args=["modules", "sync", str(content)])

    assert "04-nastavnichestvo: сохранено, версия 1" in first.output
    assert (first.exit_code, second.exit_code) == (0, 1)
    assert "--overwrite nastavnichestvo" in second.output


def test_check_command_fails_with_mistakes(app, content):
    write(content, {"lesson.md": EDITED.replace("25", "x").encode()})

    answer = app.test_cli_runner().invoke(args=["modules", "check", str(content)])

    assert answer.exit_code == 1
    assert "04-nastavnichestvo/lesson.md:4:" in answer.output
