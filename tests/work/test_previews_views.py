"""Files of a work shown in a frame of our own pages."""

import io

import docx
import pytest

from lms.core.storage import store_bytes
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import AttemptFile
from tests import sample_course
from tests.conftest import count, save
from tests.sample_module import packed
from tests.works import send
from tests.writers import write_before

PNG = b"\x89PNG\r\n\x1a\n"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture
def shown(module, captain, team, sign_in, tutor):
    """Return a function that puts a file to a work and shows it to the tutor."""
    attempt = send(module, captain, team)

    def show(content, media_type):
        file = AttemptFile(
            attempt_id=attempt.id,
            sha256=store_bytes(content).sha256,
            name="файл",
            media_type=media_type,
            size=len(content),
        )
        return sign_in(tutor).get(f"/previews/{save(file).id}")

    return show


def word(text):
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(sample_course.DOCUMENT, "application/pdf"), (PNG, "image/png")],
)
def test_what_a_browser_reads_is_shown_as_it_is(shown, content, media_type):
    response = shown(content, media_type)

    assert response.data == content
    assert response.mimetype == media_type
    assert response.headers["Content-Disposition"].startswith("inline")
    response.close()


def test_words_are_shown_while_others_write(shown):
    write_before(StoredExcerpt)

    assert "Утюги и паяльники." in shown(word("Утюги и паяльники."), DOCX).text


def test_page_names_what_it_does_not_show(shown):
    document, file = docx.Document(), io.BytesIO()
    document.add_comment(document.add_paragraph("Карта").runs, "Чья?")
    document.save(file)

    page = shown(file.getvalue(), DOCX).text

    assert "В файле есть ещё: примечания. Откройте файл целиком." in page


def test_words_of_a_document_are_text_and_nothing_else(shown):
    page = shown(word("Пятеро <script>alert(1)</script>"), DOCX).text

    assert "Пятеро &lt;script&gt;" in page
    assert "<script" not in page


def test_preview_stores_what_it_has_read(shown):
    shown(word("Да"), DOCX)

    assert count(StoredExcerpt) == 1


def test_names_in_an_archive_are_told(shown):
    page = shown(packed({"<b>.txt": b""}), "application/zip").text

    assert "&lt;b&gt;.txt" in page


@pytest.mark.parametrize("media_type", [DOCX, "text/html", "application/zip"])
def test_what_cannot_be_read_says_so(shown, media_type):
    response = shown(b"<script>alert(1)</script>", media_type)

    assert response.status_code == 200
    assert "Файл не удалось прочитать" in response.text
    assert "Скачайте его." in response.text
    assert "alert" not in response.text


@pytest.mark.parametrize("media_type", ["application/pdf", "image/png", DOCX])
def test_only_our_own_pages_frame_it(shown, media_type):
    with shown(word("Да"), media_type) as response:
        headers = response.headers

    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_picture_runs_nothing(shown):
    with shown(PNG, "image/png") as response:
        assert "sandbox" in response.headers["Content-Security-Policy"]
