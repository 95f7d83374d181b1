"""What files are called that people download."""

import pytest

from lms.core.file_names import name_after


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Вебинар: как начать", "Вебинар — как начать.docx"),
        ("Явочный лист, Начало в 10:30", "Явочный лист, Начало в 10-30.docx"),
        ("Годовой отчёт, 2026/27", "Годовой отчёт, 2026-27.docx"),
        ("Кто мы? «Опора» | «Мост»", "Кто мы «Опора» — «Мост».docx"),
        ('Школа "Опора"', "Школа Опора.docx"),
        ("?", "файл.docx"),
    ],
)
def test_names_of_downloads_are_written_as_people_write(title, name):
    assert name_after(title, "docx") == name
