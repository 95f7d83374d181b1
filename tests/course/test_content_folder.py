"""The whole content folder: the course, and modules against each other."""

import pytest

from lms.course.content.content import check_content
from tests.sample_module import CONSENT, COURSE, FOLDER, module_files


@pytest.fixture
def content(tmp_path):
    """A content folder with one module in it."""
    for path, text in module_files().items():
        (tmp_path / FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / FOLDER / path).write_bytes(text)
    (tmp_path / "course.md").write_text(COURSE, "utf-8")
    (tmp_path / "consent.md").write_text(CONSENT, "utf-8")
    return tmp_path


def test_content_folder_is_checked_as_a_whole(content):
    (content / "README.md").write_text("Для авторов", "utf-8")
    (content / "documents").mkdir()
    (content / FOLDER / ".DS_Store").write_bytes(b"1")

    report = check_content(content)

    assert report.problems == []
    assert [module.slug for module in report.modules] == ["proba"]
    assert report.course.title == "Школа — центр социума"
    assert report.consent.title == "Согласие"


def test_content_folder_needs_its_course_and_knows_its_files(content):
    (content / "course.md").rename(content / "kurs.md")

    report = check_content(content)

    assert [str(problem) for problem in report.errors] == [
        "course.md: нет такого файла: напишите его",
        "kurs.md: лишний файл. Может быть, «course.md»?",
    ]


def test_outcome_of_another_module_is_a_warning(content):
    (content / FOLDER).rename(content / "05-drugaya")
    text = (content / "05-drugaya" / "lesson.md").read_text("utf-8")
    (content / FOLDER).mkdir()
    bare = text.replace("[Карта запросов](media/karta.docx)", "")
    bare = bare.replace('![Пара](media/para.svg "Подпись")', "")
    bare = bare.replace("провести встречу", "назвать цель")
    (content / FOLDER / "lesson.md").write_text(bare, "utf-8")

    report = check_content(content)

    assert [str(problem) for problem in report.warnings][1:] == [
        "course.md:9: в календаре «two_years» нет занятия «drugaya»: оно не откроется"
    ]
    assert str(report.warnings[0]).startswith(
        "05-drugaya/lesson.md:6: результат «составить пары» уже есть в 04-proba"
    )


@pytest.mark.parametrize("folder", ["05-proba", "04-drugaya"])
def test_two_modules_never_share_a_name_or_a_number(content, folder):
    (content / folder).mkdir()

    report = check_content(content)

    assert any("тот же номер или имя" in str(problem) for problem in report.errors)
