"""Excerpts: made once, stored, and at a price that is known beforehand."""

import io
import threading

import docx
import pytest
import sqlalchemy as sa
import xlsxwriter

from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.core.sandbox import Sandbox
from lms.work.drafts import files
from lms.work.previews import services
from lms.work.previews.models import StoredExcerpt
from lms.work.previews.services import CPU_SECONDS, MEMORY, read_within_limits
from lms.work.submissions.services import start_submission
from tests.conftest import count, save
from tests.containers import crowded_archive, padded, with_entities
from tests.sample_module import packed
from tests.works import send


def word(text=""):
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


def farthest_cells():
    """A workbook of 5 KB whose two cells span seventeen thousand million."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Да")
        sheet.write(1_048_575, 16_383, "Да")
    return file.getvalue()


def padded_slide():
    """One of a hundred slides none of which is large."""
    return b"<a>" + b"<a/>" * 40_000 + b"</a>"


SLIDE = "ppt/slides/slide1.xml"
SLIDES = packed({SLIDE: b"<a/>"})
HOSTILE = {
    "docx of elements": ("docx", padded(word(), "word/document.xml")),
    "pptx of elements": ("pptx", padded(SLIDES, SLIDE)),
    "pptx of many slides": (
        "pptx",
        packed({SLIDE.replace("1", str(n)): padded_slide() for n in range(100)}),
    ),
    "xlsx of emptiness": ("xlsx", farthest_cells()),
    "docx of entities": ("docx", with_entities(word(), "word/document.xml")),
    "pptx of entities": ("pptx", with_entities(SLIDES, SLIDE)),
    "odt without an end": ("odt", packed({"content.xml": b"<p>" * 3_000_000})),
    "crowded zip": ("zip", crowded_archive()),
}


@pytest.fixture
def attempt(module, captain, team):
    """Return a function that sends a work with a file under a name."""

    def send_with(content, name):
        work = start_submission(module, user=captain, team=team)
        files.add_file(work, io.BytesIO(content), name, author=captain)
        return send(module, captain, team)

    return send_with


@pytest.fixture
def patience(monkeypatch):
    """Wait however long a busy machine needs for a second of the processor."""
    monkeypatch.setattr(services, "SECONDS", 300)


def stored():
    db.session.rollback()
    return db.session.scalars(sa.select(StoredExcerpt)).one().content


@pytest.mark.parametrize(("kind", "content"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_file_ends_within_the_limits_of_a_child(
    tmp_path, patience, kind, content
):
    path = tmp_path / "файл"
    path.write_bytes(content)

    with Sandbox(memory=MEMORY, cpu_seconds=CPU_SECONDS) as sandbox:
        excerpt = read_within_limits(sandbox, str(path), kind)

    assert excerpt.refusal
    assert not excerpt.blocks


def test_excerpts_are_made_when_the_work_is_sent(attempt, patience):
    attempt(word("Пятеро хотят шить."), "карта.docx")

    assert run_next()

    assert stored()["blocks"] == [{"text": "Пятеро хотят шить.", "rows": []}]


SHOW = {"[Content_Types].xml": b"", "ppt/presentation.xml": b"", SLIDE: b"<a/>"}
REFUSED = {
    "карта.docx": padded(word(), "word/document.xml"),
    "карта.pptx": padded(packed(SHOW), SLIDE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refusal_is_stored_too(attempt, patience, name):
    attempt(REFUSED[name], name)

    assert run_next()

    assert stored()["refusal"]


def test_excerpt_is_made_with_so_much_memory_and_no_more(
    attempt, patience, monkeypatch
):
    (file,) = attempt(word("Да"), "карта.docx").files
    monkeypatch.setattr(services, "MEMORY", 1024)

    assert services.excerpt_of_file(file).refusal == services.TANGLED


def test_excerpt_is_made_once(attempt, patience):
    (file,) = attempt(word("Да"), "карта.docx").files
    assert services.excerpt_of_file(file).blocks[0].text == "Да"
    kept = {"blocks": [{"text": "Что сохранено", "rows": []}], "names": []}
    db.session.scalars(sa.select(StoredExcerpt)).one().content = kept
    db.session.commit()

    assert services.excerpt_of_file(file).blocks[0].text == "Что сохранено"


@pytest.fixture
def by_older_rules(attempt, patience):
    """A file whose excerpt was stored before the rules changed."""
    (file,) = attempt(word("Новое"), "карта.docx").files
    old = {"blocks": [{"text": "Старое", "rows": []}], "names": []}
    row = StoredExcerpt(sha256=file.sha256, kind="docx", content=old, rules=1)
    return save(row) and file


def test_excerpt_by_older_rules_is_made_anew(by_older_rules):
    shown = services.excerpt_of_file(by_older_rules)

    assert shown.blocks[0].text == "Новое"
    assert stored()["blocks"][0]["text"] == "Новое"


def test_excerpt_by_older_rules_is_made_anew_by_the_job(by_older_rules):
    assert run_next()

    assert stored()["blocks"][0]["text"] == "Новое"


def test_excerpt_by_older_rules_is_shown_while_others_have_all_children(
    by_older_rules, monkeypatch
):
    monkeypatch.setattr(services, "CHILDREN", threading.Semaphore(0))
    monkeypatch.setattr(services, "PATIENCE", 0)

    assert services.excerpt_of_file(by_older_rules).blocks[0].text == "Старое"


def test_refusal_of_a_busy_machine_is_not_stored(attempt, monkeypatch):
    (file,) = attempt(word("Да"), "карта.docx").files
    monkeypatch.setattr(services, "SECONDS", 0)

    assert services.excerpt_of_file(file).refusal == services.BUSY
    run_next()

    assert count(StoredExcerpt) == 0
    assert db.session.scalar(sa.select(Job.done_at)) is None
