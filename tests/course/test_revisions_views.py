import io
import re
import zipfile

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.course.modules.services import newest_revision, publish
from lms.course.revisions.module_uploads import open_module_upload
from tests.photos import opened, photo
from tests.sample_course import (
    ASSIGNMENT,
    FILES,
    FOLDER,
    LESSON,
    PICTURE,
    files_without,
    import_module,
)

SLUG = "nastavnichestvo"
URL = f"/modules/{SLUG}/"
OTHER_LESSON = LESSON.replace("Одна встреча.", "Две встречи.")


@pytest.fixture
def studio(sign_in, admin):
    return sign_in(admin)


def zipped(files, folder=f"{FOLDER}/"):
    """The zip that an author would make of a module folder."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(folder + path, content)
    return buffer.getvalue()


def send(browser, content, name="module.zip", slug="", **changes):
    form = {"file": (io.BytesIO(content), name), "slug": slug, "note": "Новое"}
    return browser.post("/modules/import", data=form | changes)


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def typed(**changes):
    """The form of the editor as it is sent, apart from `changes`."""
    texts = {path: FILES[path].decode() for path in FILES if path.endswith(".md")}
    return texts | {"after": "1", "note": ""} | changes


def test_folder_becomes_a_module(studio):
    answer = send(studio, zipped(FILES))

    assert answer.location == f"{URL}revisions/1/"
    revision = db.session.scalars(sa.select(Revision)).one()
    assert (revision.note, revision.author.email) == ("Новое", "admin@example.org")
    assert "её видите только вы" in studio.get(answer.location).text


def test_single_text_takes_its_place(studio, module):
    send(studio, OTHER_LESSON.encode(), "lesson.md", SLUG)

    newest = newest_revision(module)
    assert newest.sources["lesson.md"] == OTHER_LESSON
    assert newest.sources["quiz.md"] == FILES["quiz.md"].decode()
    assert len(newest.media) == 2


def test_report_names_every_file_and_line(studio):
    assignment = ASSIGNMENT.replace("by: team", "by: school")
    lesson = LESSON.replace("media/karta.pdf", "media/net.pdf")
    files = files_without(lesson=lesson, assignment=assignment)

    page = send(studio, zipped(files)).text

    assert "ничего не сохранено" in page
    assert "[Карта запросов](media/net.pdf)" in page
    assert "by: school" in page
    assert page.count("source__line--error") == 2
    assert count(Module) == 0


def test_what_was_typed_comes_back_with_a_refusal(studio, module):
    page = send(studio, b"PK", slug=SLUG, note="Исправила сроки").text

    assert 'value="Исправила сроки"' in page
    assert f'selected value="{SLUG}"' in page


def bomb():
    return zipped({"lesson.md": FILES["lesson.md"], "media/a.svg": b" " * 30_000_000})


def nested():
    return zipped({"a.zip": b"PK", "b.txt": b""}, folder="")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 not a zip", "не открывается как zip"),
        (b"GIF89a", "zip-архив папки занятия или один файл"),
        (zipped(FILES, folder="../../04-x/"), "ведёт за пределы архива"),
        (zipped(FILES, folder=""), "занятие не выбрано"),
        (zipped({**FILES, "lesson.md": b"\xff\xfe---"}), "не похож на UTF-8"),
        (zipped(FILES, folder="nastavnichestvo/"), "номер-имя"),
        (bomb(), "подозрительно сильно"),
        (nested(), "Внутри архива ещё один архив"),
    ],
    ids=[
        "rubbish",
        "gif",
        "path",
        "no-name",
        "cp1251",
        "name",
        "bomb",
        "nested",
    ],
)
def test_hostile_upload_gives_a_report(studio, content, words):
    name = "picture.gif" if content.startswith(b"GIF") else "module.zip"

    page = send(studio, content, name)

    assert page.status_code == 200
    assert words in page.text
    assert count(Revision) == 0


def test_more_than_a_module_may_hold_is_refused():
    stream = io.BytesIO(b"PK" + bytes(51 * 1024 * 1024))

    with pytest.raises(RuleError, match="больше 50"):
        open_module_upload("module.zip", stream, folder="", files={})


def test_photo_in_an_archive_leaves_its_place_and_camera_behind():
    files = FILES | {"media/zal.jpg": photo(), "media/b.svg": PICTURE}
    stream = io.BytesIO(zipped(files))

    sent = open_module_upload("module.zip", stream, folder="", files={})

    assert not opened(sent.files["media/zal.jpg"]).getexif()
    assert sent.files["media/b.svg"] == PICTURE


def test_archive_of_another_module_is_refused(studio, module):
    page = send(studio, zipped(FILES, folder="05-drugoe/"), slug=SLUG).text

    assert "В архиве занятие «drugoe»" in page


def test_file_is_required(studio):
    page = studio.post("/modules/import", data={"slug": "", "note": ""}).text

    assert "Выберите zip-архив" in page


def test_participant_sees_the_draft_after_it_is_published(
    studio, sign_in, member, module
):
    reader = sign_in(member)
    number = newest_revision(
        import_module(files=files_without(lesson=OTHER_LESSON)).module
    )

    assert "Одна встреча" in reader.get(URL).text
    studio.post(f"{URL}revisions/{number.number}/publish", data={"instead_of": "1"})

    assert "Две встречи" in reader.get(URL).text


def test_colleague_who_was_faster_is_not_overwritten(studio, module):
    draft = import_module(files=files_without(lesson=OTHER_LESSON))
    publish(draft, actor=None)

    page = studio.post(f"{URL}revisions/1/publish", data={"instead_of": "1"}).text

    db.session.refresh(module)
    assert module.current_revision is draft
    assert "опубликована версия 2" in page


def test_nonsense_in_the_place_of_the_live_version_publishes_nothing(studio, module):
    draft = import_module(files=files_without(lesson=OTHER_LESSON))
    publish(draft, actor=None)

    refused = studio.post(f"{URL}revisions/1/publish", data={"instead_of": "первой"})

    assert refused.status_code == 400
    db.session.refresh(module)
    assert module.current_revision is draft


def test_state_of_a_lesson_is_said_of_a_lesson(studio, module):
    live = studio.get("/modules/").text
    import_module(files=files_without(lesson=OTHER_LESSON))

    assert "опубликовано</span>" in live
    assert "версии&nbsp;1&nbsp;→&nbsp;2" in studio.get("/modules/").text


def test_withdrawn_module_can_be_given_back(studio, module):
    studio.post(f"{URL}withdraw")
    assert "снято с публикации" in studio.get("/modules/").text

    studio.post(f"{URL}revisions/1/publish", data={"instead_of": "0"})

    db.session.refresh(module)
    assert module.is_live


def test_difference_shows_the_words_that_changed(studio, module):
    import_module(
        files=files_without(
            "media/karta.pdf",
            lesson=OTHER_LESSON.replace("[Карта запросов](media/karta.pdf)", "Карта"),
        )
    )

    page = studio.get(f"{URL}revisions/2/difference").text

    assert "<del>Одна " in page
    assert "<ins>Две " in page
    assert "media/karta.pdf</code> — удалён" in page


def test_history_names_authors(studio, admin, module):
    import_module(files=files_without(lesson=OTHER_LESSON), author=admin, note="Сроки")

    page = studio.get(f"{URL}revisions/").text

    assert "Вера Лях" in page
    assert "Сроки" in page


def test_editor_saves_the_next_revision(studio, module):
    texts = {"lesson.md": OTHER_LESSON.replace("\n", "\r\n"), "note": "Две"}

    answer = studio.post(f"{URL}edit", data=typed(**texts))

    newest = newest_revision(module)
    assert answer.location == f"{URL}edit"
    assert (newest.number, newest.note) == (2, "Две")
    assert newest.sources["lesson.md"] == OTHER_LESSON
    assert module.current_revision.number == 1


def test_editor_gives_everything_back_with_mistakes(studio, module):
    texts = {"lesson.md": OTHER_LESSON.replace("minutes: 25", "minutes: много")}

    page = studio.post(f"{URL}edit", data=typed(**texts)).text

    assert "Две встречи" in page
    assert 'data-lines="4"' in page
    assert newest_revision(module).number == 1


def test_two_editors_lose_nothing(studio, module):
    import_module(files=files_without(lesson=LESSON.replace("Одна", "Три")))

    page = studio.post(f"{URL}edit", data=typed(**{"lesson.md": OTHER_LESSON})).text

    assert "появилась версия 2" in page
    assert "<del>Три " in page
    assert re.search(r'name="after"[^>]* value="2"', page)
    assert newest_revision(module).number == 2


def test_editor_changes_pictures_and_documents(studio, module):
    lesson = LESSON.replace("karta.pdf", "svod.pdf")
    files = {"remove": "karta.pdf", "media": (io.BytesIO(b"%PDF-3"), "svod.pdf")}

    studio.post(f"{URL}edit", data=typed(**{"lesson.md": lesson}, **files))

    names = [medium.name for medium in newest_revision(module).media]
    assert names == ["para.svg", "svod.pdf"]


def test_emptied_text_leaves_the_module(studio, module):
    studio.post(f"{URL}edit", data=typed(**{"quiz.md": "\r\n"}))

    assert not newest_revision(module).has_quiz


@pytest.mark.parametrize("address", ["/modules/", f"{URL}revisions/", f"{URL}edit"])
def test_statements_do_not_grow(studio, module, count_statements, address):
    import_module(files=files_without(lesson=OTHER_LESSON))
    studio.get(address)
    with count_statements() as few:
        studio.get(address)
    for number in (10, 11, 12):
        import_module(f"{number}-modul-{number}")
        import_module(files=files_without(lesson=LESSON.replace("25", str(number))))
    studio.get(address)  # the process reads what is new, once

    with count_statements() as many:
        studio.get(address)

    assert len(few) == len(many) <= 12
