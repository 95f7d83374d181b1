"""Diagnostics and surveys come with the folder of the course, and go back into it."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.export import export
from lms.course.modules.models import MeasuresEdition
from lms.course.modules.sync import MEASURES, Result, sync
from lms.monitoring.diagnostics.models import DiagnosticsEdition
from lms.monitoring.surveys.models import SurveyEdition
from tests.conftest import count
from tests.course.test_modules_sync import CONSENT, COURSE, write
from tests.sample_course import FILES
from tests.sample_measures import DIAGNOSTICS, SURVEY


@pytest.fixture
def root(app, tmp_path):
    """A content folder with one module, questions about it and a survey after it."""
    root = tmp_path / "content"
    write(root, FILES)
    outcome = "nastavnichestvo: составить пары по запросу, а не по списку"
    texts = {
        "course.md": COURSE,
        "consent.md": CONSENT,
        "diagnostics.md": DIAGNOSTICS.replace("proba: составить пары", outcome),
        "surveys/posle.md": SURVEY.replace("proba", "nastavnichestvo"),
    }
    for path, text in texts.items():
        (root / path).parent.mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def imported(root):
    """What became of the diagnostics and surveys; None: they are as they were."""
    found = {one.name: one for one in sync(root)}
    return found.get(MEASURES)


def newest(model):
    return db.session.scalars(sa.select(model).order_by(model.id.desc())).first()


def test_second_import_changes_nothing(root):
    first, second = imported(root), imported(root)

    assert (first.result, second) == (Result.IMPORTED, None)
    assert (count(DiagnosticsEdition), count(SurveyEdition)) == (1, 1)
    assert newest(SurveyEdition).after_module == "nastavnichestvo"


def test_only_what_changed_becomes_a_new_edition(root):
    imported(root)
    file = root / "surveys" / "posle.md"
    file.write_text(file.read_text("utf-8").replace("не зря", "с толком"), "utf-8")

    imported(root)

    assert (count(DiagnosticsEdition), count(SurveyEdition)) == (1, 2)


def test_files_that_are_taken_away_are_withdrawn(root):
    imported(root)
    (root / "diagnostics.md").unlink()
    (root / "surveys" / "posle.md").unlink()

    imported(root)

    assert newest(DiagnosticsEdition).is_withdrawn
    assert newest(SurveyEdition).after_module is None
    assert imported(root) is None


def test_mistake_keeps_everything_as_it_was(root):
    imported(root)
    file = root / "diagnostics.md"
    file.write_text(file.read_text("utf-8").replace("- [x]", "- [ ]"), "utf-8")

    outcome = imported(root)

    assert outcome.result is Result.WRONG
    assert outcome.problems
    assert (count(DiagnosticsEdition), count(MeasuresEdition)) == (1, 1)


def test_export_is_the_import(root, tmp_path):
    list(sync(root, live=True))
    target = tmp_path / "export"
    stale = target / "surveys" / "prezhniy.md"
    stale.parent.mkdir(parents=True)
    stale.write_text("", "utf-8")

    export(target)

    for path in ("diagnostics.md", "surveys/posle.md"):
        assert (target / path).read_bytes() == (root / path).read_bytes()
    assert not stale.exists()
    assert imported(target) is None
