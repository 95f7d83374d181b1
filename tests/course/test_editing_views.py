"""What stands beside a text in the studio: its look, its files, its headings."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.editing.headings import headings_of
from lms.course.editing.pending import safe_name
from lms.course.modules.models import Revision
from lms.course.modules.services import newest_revision
from tests.conftest import PASSWORD
from tests.photos import HEIC, boundless_png, opened, photo
from tests.sample_course import FILES, LESSON, PICTURE

URL = "/modules/nastavnichestvo/edit"
JSON = {"Accept": "application/json"}
NEW_LESSON = LESSON.replace("Одна встреча.", "Две встречи.")
WITH_PICTURE = NEW_LESSON.replace("Две", "![Пара](media/novaya-para.svg)\n\nДве")


@pytest.fixture
def studio(sign_in, admin, module):
    return sign_in(admin)


def typed(**changes):
    """The form of the editor as it is sent, apart from `changes`."""
    texts = {path: FILES[path].decode() for path in FILES if path.endswith(".md")}
    return texts | {"after": "1", "note": ""} | changes


def attached(studio, name="Новая пара.SVG", content=PICTURE):
    """Drop a file into a text; return what the page gets to know."""
    file = {"file": (BytesIO(content), name)}
    return studio.post(f"{URL}/files", data=file, headers=JSON)


def revisions():
    return db.session.scalar(sa.select(sa.func.count(Revision.id)))


def test_preview_shows_what_is_typed_and_stores_nothing(studio):
    answer = studio.post(f"{URL}/preview", data=typed(**{"lesson.md": NEW_LESSON}))

    assert "Две встречи." in answer.json["html"]
    assert revisions() == 1


def test_one_person_has_so_many_previews_in_a_minute(site_with, admin, module):
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    form = {"email": admin.email, "password": PASSWORD}
    browser.post("/accounts/sign-in", data=form)
    for _ in range(30):
        browser.post(f"{URL}/preview", data={}, headers=JSON)

    refused = browser.post(f"{URL}/preview", data=typed(), headers=JSON)

    assert refused.status_code == 429


def test_preview_shows_the_lesson_with_its_mistakes(studio):
    lesson = NEW_LESSON.replace("media/karta.pdf", "media/net.pdf")

    page = studio.post(f"{URL}/preview", data=typed(**{"lesson.md": lesson})).json

    assert "media/net.pdf" in page["html"]
    assert "Две встречи." in page["html"]


def test_preview_asks_the_questions_of_the_lesson(studio):
    lesson = NEW_LESSON.replace("Две встречи.", "Две встречи.\n\n{check: 1}")

    page = studio.post(f"{URL}/preview", data=typed(**{"lesson.md": lesson})).json

    assert "{check: 1}" not in page["html"]
    assert "Проверьте себя." in page["html"]


def test_button_shows_what_is_typed_without_scripts(studio):
    page = studio.post(URL, data=typed(look="1", **{"lesson.md": NEW_LESSON})).text

    assert page.count("Две встречи.") == 2
    assert revisions() == 1


def test_picture_that_no_text_names_yet_does_not_keep_it_from_being_saved(studio):
    token = attached(studio).json["token"]

    page = studio.post(URL, data=typed(look="1", pending=token)).text

    assert "Стоит посмотреть:" in page
    assert "Пока сохранить не получится" not in page


def test_dropped_picture_is_seen_before_it_is_saved(studio):
    kept = attached(studio).json
    form = typed(pending=kept["token"], **{"lesson.md": WITH_PICTURE})

    page = studio.post(f"{URL}/preview", data=form).json["html"]

    assert kept["markdown"] == "![Что на картинке](media/novaya-para.svg)"
    address = f"{URL}/files/{kept['token']}"
    assert address in page
    assert studio.get(address).data == PICTURE


def test_dropped_picture_is_saved_with_the_text(studio, module):
    token = attached(studio).json["token"]

    studio.post(URL, data=typed(pending=token, **{"lesson.md": WITH_PICTURE}))

    newest = newest_revision(module)
    assert newest.number == 2
    assert "novaya-para.svg" in [medium.name for medium in newest.media]


def test_refused_text_keeps_the_chosen_file(studio):
    wrong = {"lesson.md": LESSON.replace("minutes: 25", "minutes: много")}
    file = {"media": (BytesIO(PICTURE), "Схема.svg")}

    page = studio.post(URL, data=typed(**wrong) | file).text

    assert 'name="pending"' in page
    assert "media/shema.svg" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg onload='x'/>"),
        ("a.png", b"GIF89a"),
        ("a.exe", b"MZ"),
        ("b.png", boundless_png()),
    ],
)
def test_dropped_file_is_checked_as_uploads_are(studio, name, content):
    answer = attached(studio, name, content)

    assert answer.status_code == 409
    assert name in answer.json["error"]


def test_photo_in_a_lesson_leaves_its_place_and_camera_behind(studio):
    token = attached(studio, "Зал.jpg", photo()).json["token"]

    picture = opened(studio.get(f"{URL}/files/{token}").data)

    assert picture.size == (48, 64)
    assert not picture.getexif()


def test_photo_of_an_iphone_becomes_a_picture_of_the_lesson(studio):
    assert attached(studio, "IMG_1.HEIC", HEIC).json["name"] == "img-1.jpg"


def test_second_file_of_a_name_gets_another_name(studio):
    assert attached(studio, "para.svg").json["name"] == "para-2.svg"


def test_forged_file_is_not_taken(studio):
    page = studio.post(f"{URL}/preview", data=typed(pending="x.y"), headers=JSON)

    assert "вложите его снова" in page.json["error"]
    assert studio.get(f"{URL}/files/x.y").status_code == 404


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Путь пары.PNG", "put-pary.png"),
        ("../../etc/passwd", "razdel.passwd"),
        ("C:\\Фото\\1.JPG", "1.jpg"),
    ],
)
def test_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


def test_headings_have_their_lines():
    text = "---\ntitle: А\n---\n## Раз\n```\n## код\n```\n### Два {#dva}\n"

    assert headings_of(text) == [(4, 2, "Раз"), (8, 3, "Два")]
