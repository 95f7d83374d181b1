from datetime import timedelta

import pytest

from lms.core.config import ROOT
from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import CalendarRow
from lms.course.content.archive import read_folder
from lms.course.modules.intake import ContentError, import_revision
from lms.course.modules.models import ReadMark
from lms.course.modules.services import publish, withdraw
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Status, Submission
from tests.conftest import person, save
from tests.sample_course import LESSON, files_without, import_module

URL = "/modules/nastavnichestvo/"


@pytest.fixture
def reader(sign_in, member, module):
    return sign_in(member)


def open_more(cohort, count):
    """Publish other modules and give them to the cohort."""
    for position in range(10, 10 + count):
        revision = import_module(f"{position}-modul-{position}")
        publish(revision, actor=None)
        row = CalendarRow(
            cohort=cohort,
            module=revision.module,
            position=position,
            opens_on=today(),
            due_on=None,
        )
        save(row)


def test_lesson_is_read_whole(reader):
    page = reader.get(URL).text

    for words in (
        "<h1",
        "Наставничество. Практики",
        "составить пары по запросу",
        "Проверьте себя",
        "Карта запросов",
        "PDF, 1\N{NO-BREAK SPACE}КБ",
        "Карта наставничества вашей школы",
        "Станет разделом 4",
        "2\N{NO-BREAK SPACE}вопроса",
    ):
        assert words in page


@pytest.fixture
def tomorrow(cohort, module):
    """The day on which the lesson opens."""
    row = db.session.get(CalendarRow, (cohort.id, module.id))
    row.opens_on = today() + timedelta(days=1)
    db.session.commit()
    return row.opens_on


def test_lesson_that_opens_tomorrow_names_the_day(reader, tomorrow):
    page = reader.get(URL)

    assert page.status_code == 200
    assert f"Откроется {day(tomorrow)}" in page.text
    assert "Наставничество. Практики" in page.text
    assert "Карта запросов" not in page.text


def test_lesson_that_opens_tomorrow_is_not_begun(reader, tomorrow):
    assert reader.get(f"/quizzes{URL[8:]}").status_code == 404
    assert reader.post(f"{URL}read", data={"is_read": "1"}).status_code == 404


def test_lesson_ahead_is_not_there_for_another_cohort(sign_in, module, tomorrow):
    stranger = person("Новый Человек", "new@example.org")

    assert sign_in(stranger).get(URL).status_code == 404


def test_calendar_leads_to_the_lesson_that_is_ahead(reader, tomorrow):
    page = reader.get("/agenda/").text

    assert f'href="{URL}"' in page
    assert reader.get(URL).status_code == 200


def test_lesson_of_another_cohort_is_not_there(reader, cohort):
    publish(import_module("05-drugoe"), actor=None)

    assert reader.get("/modules/drugoe/").status_code == 404


def test_withdrawn_lesson_is_not_there(reader, module):
    withdraw(module, actor=None)

    assert reader.get(URL).status_code == 404


@pytest.mark.parametrize("person", ["tutor", "admin"])
def test_staff_read_every_live_lesson(sign_in, module, request, person):
    browser = sign_in(request.getfixturevalue(person))
    publish(import_module("05-drugoe"), actor=None)

    assert browser.get("/modules/drugoe/").status_code == 200


def test_kept_page_is_not_rendered_again(reader):
    etag = reader.get(URL).headers["ETag"]

    again = reader.get(URL, headers={"If-None-Match": etag})

    assert (again.status_code, again.text) == (304, "")
    assert again.headers["Cache-Control"] == "private, no-cache"


def read_mark(member, module, team):
    db.session.add(ReadMark(user_id=member.id, module_id=module.id))


def begun_work(member, module, team):
    db.session.add(Submission(cohort=team.cohort, module=module, team=team))


def taken_quiz(member, module, team):
    result = {"user_id": member.id, "module_id": module.id, "percent": 50}
    revision = module.current_revision_id
    db.session.add(QuizResult(**result, revision_id=revision, answers={}))


def another_revision(member, module, team):
    publish(
        import_module(files=files_without(lesson=LESSON.replace("25", "30"))),
        actor=None,
    )


def another_name(member, module, team):
    member.full_name = "Орлов Олег"


@pytest.mark.parametrize(
    "change", [read_mark, begun_work, taken_quiz, another_revision, another_name]
)
def test_page_is_sent_anew_after(reader, member, module, team, change):
    etag = reader.get(URL).headers["ETag"]

    change(member, module, team)
    db.session.commit()

    assert reader.get(URL, headers={"If-None-Match": etag}).status_code == 200


def test_page_of_another_session_is_not_taken(reader, sign_in, member):
    etag = reader.get(URL).headers["ETag"]

    again = sign_in(member).get(URL, headers={"If-None-Match": etag})

    assert again.status_code == 200


def test_reader_marks_the_lesson_and_takes_it_back(reader):
    for is_read, shown in (("1", "Снять отметку"), ("1", "Снять отметку"), ("", "")):
        reader.post(f"{URL}read", data={"is_read": is_read})

        assert ("Снять отметку" in reader.get(URL).text) == bool(shown)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "Открыть задание"),
        (Status.DRAFT, "Продолжить задание"),
        (Status.RETURNED, "Доработать"),
        (Status.ACCEPTED, "Посмотреть работу"),
    ],
)
def test_button_leads_to_the_work_as_it_is(reader, team, module, status, words):
    if status:
        work = {"cohort_id": team.cohort_id, "team_id": team.id}
        save(Submission(**work, module_id=module.id, status=status))

    assert words in reader.get(URL).text


def test_pictures_and_documents_are_kept_for_a_year(reader):
    page = reader.get(URL).text
    address = page.partition('src="/modules/')[2].partition('"')[0]

    picture = reader.get(f"/modules/{address}")

    assert picture.mimetype == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    assert "sandbox" in picture.headers["Content-Security-Policy"]


def test_files_of_an_earlier_revision_stay(reader, module):
    page = reader.get(URL).text
    address = page.partition('href="/modules/nastavnichestvo/media/')[2].partition('"')[
        0
    ]
    media = f"{URL}media/{address}"

    files = files_without("media/karta.pdf") | {"media/karta.pdf": b"%PDF-2"}
    publish(import_module(files=files), actor=None)

    assert media not in reader.get(URL).text
    assert reader.get(media).headers["Content-Disposition"].startswith("attachment")


def test_files_of_a_closed_lesson_are_not_there(sign_in, other, module, cohort):
    browser = sign_in(other)
    page = browser.get(URL).text
    address = page.partition('src="/modules/')[2].partition('"')[0]
    cohort.rows.clear()
    db.session.commit()

    assert browser.get(f"/modules/{address}").status_code == 404


def test_tutor_sees_what_was_prepared(sign_in, tutor, module):
    page = sign_in(tutor).get(f"{URL}guide").text

    for words in ("Смотрите сначала на запросы", "Запросы придуманы", "Школа посёлка"):
        assert words in page


def test_participant_sees_nothing_prepared_for_tutors(reader):
    assert reader.get(f"{URL}guide").status_code == 404
    assert "Для тьютора" not in reader.get(URL).text


@pytest.mark.parametrize("address", [URL, "/modules/"])
def test_statements_do_not_grow_with_modules(reader, cohort, count_statements, address):
    with count_statements() as few:
        reader.get(address)
    open_more(cohort, 3)

    with count_statements() as many:
        reader.get(address)

    assert len(few) == len(many) <= 12


def test_programme_shows_where_the_team_is(reader, team, module, cohort):
    open_more(cohort, 1)
    work = {"cohort_id": team.cohort_id, "team_id": team.id}
    save(Submission(**work, module_id=module.id, status=Status.RETURNED))

    page = reader.get("/modules/").text

    assert "вернули на доработку" in page
    assert 'href="/modules/modul-10/"' in page


def test_real_lesson_stays_light(sign_in, admin):
    folder = ROOT / "content" / "04-nastavnichestvo"
    neighbours = [path.name.partition("-")[2] for path in folder.parent.iterdir()]
    files = read_folder(folder)
    revision = import_revision(
        folder.name, files, author=None, note="", neighbours=neighbours
    )
    publish(revision, actor=None)

    assert len(sign_in(admin).get(URL).data) < 100_000


def test_hostile_lesson_is_not_stored(reader, module):
    words = '<script>alert("x")</script> [тык](javascript:alert(1))'
    files = files_without(lesson=LESSON.replace("Одна встреча.", words))

    with pytest.raises(ContentError) as refusal:
        import_module(files=files)

    assert len(refusal.value.report.errors) >= 2
    assert "alert(" not in reader.get(URL).text
