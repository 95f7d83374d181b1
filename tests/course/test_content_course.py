"""`course.md` and `consent.md`, and what their author hears about mistakes."""

import pytest

from lms.course.content.content import check_course
from tests.sample_module import CONSENT, COURSE


def course(text=COURSE, consent=CONSENT):
    files = {"course.md": text.encode(), "consent.md": consent.encode()}
    return check_course(files, module_url=str, known_slugs=["proba"])


def test_course_and_consent_are_ready_to_be_shown():
    report = course()

    assert report.problems == []
    assert report.course.calendars["two_years"].rows[0].due == 2
    assert '<a href="proba">занятие</a>' in report.course.html
    assert (report.consent.version, report.consent.html) == ("1", "<p>Согласен.</p>")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("module: proba", "module: probe", 13, "«probe». Может быть, «proba»?"),
        ("opens: 1, due: 2", "opens: 3, due: 2", 13, "срок 2 раньше открытия 3"),
        ("unit: month", "unit: day", 11, "«day» не подходит, а бывает week или month"),
        ("percent: 70", "percent: 101", 7, "можно не больше 100"),
        ("hours: 36", "hours: много", 4, "нужно целое число"),
        ("due: 2}", "due: 2}\n      - {module: proba, opens: 1}", 14, "уже есть выше"),
        ("04-proba/lesson.md", "05-net/lesson.md", 17, "нет занятия «net»"),
        ("kurs@school.ru", "школа", 14, "«школа» — не адрес почты"),
        ("email: kurs@school.ru", "phone: 1", 14, "нет ключа «email»"),
    ],
)
def test_mistake_in_a_course_is_found(old, new, line, message):
    report = course(COURSE.replace(old, new))

    lines = {problem.line: problem.message for problem in report.errors}
    assert message in lines[line]
    assert report.course is None


def test_module_outside_a_calendar_is_a_warning():
    files = {"course.md": COURSE.encode(), "consent.md": CONSENT.encode()}

    report = check_course(files, module_url=str, known_slugs=["proba", "komanda"])

    assert [problem.line for problem in report.warnings] == [9]


def test_webinar_of_a_module_may_count():
    counts = "percent: 70\n  webinars:\n    proba: {attendance: 50, or: recording}"

    read = course(COURSE.replace("percent: 70", counts)).course

    webinar = read.completion.webinars["proba"]
    assert (webinar.attendance, webinar.instead) == (50, "recording")
    assert type(read).model_validate(read.model_dump(mode="json")) == read


def test_webinar_of_no_module_is_a_mistake():
    counts = "percent: 70\n  webinars:\n    probe: {attendance: 50}"

    report = course(COURSE.replace("percent: 70", counts))

    [problem] = report.errors
    assert "нет занятия «probe»" in problem.message


def test_course_without_an_organiser_is_a_warning():
    lines = [line for line in COURSE.splitlines() if not line.startswith("organiser")]

    report = course("\n".join(lines))

    [warning] = report.problems
    assert (warning.level, warning.line) == ("warning", 1)
    assert "некому писать" in warning.message


def test_text_on_joining_is_rendered_as_answers_are():
    text = COURSE.replace("completion:", "join: |\n  Просто **приходите**\ncompletion:")

    assert course(text).course.join_html == "<p>Просто <strong>приходите</strong></p>"


def test_consent_needs_a_version_and_a_text():
    report = course(consent="---\ntitle: Согласие\n---\n")

    assert [str(problem) for problem in report.errors] == [
        "consent.md:2: нет ключа «version»: добавьте его",
        "consent.md:4: нет текста: напишите его под ключами",
    ]
