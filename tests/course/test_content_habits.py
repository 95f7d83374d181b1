"""What an author hears who writes as in another editor."""

import pytest

from tests.course.test_content_module import check, said
from tests.sample_module import spoilt

WARNINGS = [
    ("> [!NOTE]\n> Важно.\n\n", "пишите «!!! tip»"),
    ("Смотри [[Другая заметка]].", "[[…]] здесь не ссылка"),
    ("Площадь $S = a^2$.", "формула в $…$"),
    ("Слово.\n\n[^1]: Откуда.\n\n", "сноска [^1] не стоит нигде в тексте"),
]
UNSEEN = "этой строки на странице не будет"
ROWLESS = "в таблице нет ни одной строки"
LOST = [
    ("Слово.\n\n[1]: Иванов\n\n", 16, f"[1]: {UNSEEN}"),
    ("Слово.\n\n[Гарант]: https://a.ru\n\n", 16, f"[гарант]: {UNSEEN}"),
    ("Слово.\n\n*[СП]: партнёрство\n\n", 16, f"*[СП]: {UNSEEN}"),
    ("| а | б |\n|---|---|\n\n| 1 | 2 |\n\n", 15, ROWLESS),
    ("а | б\n--|--\n\n", 15, ROWLESS),
    ("|а|б|\n|-|-|\n|1|2|\n|3|4|5|\n\n", 17, "ячеек больше, чем столбцов"),
    ("Взять:\n-мел\n-доску\n-тряпку\n\n", 16, "сольются в один абзац"),
    ("1.Мел\n2.Доска\n\n", 15, "сольются в один абзац"),
    ("— Да.\n— Нет.\n\n", 15, "сольются в один абзац"),
    ("а) мел\nб) доска\n\n", 15, "сольются в один абзац"),
    ("1.1. Мел\n1.2. Доска\n\n", 15, "сольются в один абзац"),
    ("-\xa0мел\n\n", 14, "неразрывный пробел"),
    ("##\xa0Мел\n\n", 14, "неразрывный пробел"),
    ("\ufeffСлово.\n\n", 14, "в начале строки невидимый знак"),
    ("Сло\u200bво.\n\n", 14, "после «Сло» невидимый знак"),
]
INNOCENT = [
    "— Да, — сказал он.",
    "От $5 до $10.",
    "`[[код]]` и `$x$`, \\[\\[не ссылка]]",
    "```js run\n# код\n• код\n[[код]]\n- [ ] <b>код</b>\n```\n\n",
    "Если a<b и c>d, берите второе.",
    "#хештег",
    "Раз\nдва\n\n---\n\nтри\n\n***\n\n",
    "| а | б |\n|---|---|\n| 1 | 2 |\n\n---\n\n",
    "Слово[^1] и[^2].\n\n[^1]: раз\n\n[^2]: два\n\n",
    "- раз\n  - внутри\n\n",
    "```код``` и ещё ```код```",
    "Пишите на anna@example.org или https://example.org.",
    "[сюда](#запрос)",
    "[лист](./media/karta.docx)",
    "- [ ] сделать\n- [x] сделано\n\n",
    "Слово [раз][1], [1].\n\n[1]: https://a.ru\n\n",
    "— Да.\n\n— Нет.\n\n",
    "-мел  \n-доска\n\n",
    "В 2026 г.\n1 мая\n2 мая\n",
    "СП и ещё.\n\n*[СП]: партнёрство\n\n",
    "`| а |`\n\n```\n|---|---|\n\n[1]: код\n```\n\n",
]


@pytest.mark.parametrize(("text", "line", "cure"), LOST)
def test_what_no_reader_would_see_is_a_warning_with_its_line(text, line, cure):
    report = check(spoilt("lesson.md", "Слово.", text))

    (warning,) = report.warnings
    assert (warning.line, report.errors) == (line, [])
    assert cure in warning.message


@pytest.mark.parametrize(("text", "cure"), WARNINGS)
def test_habit_of_another_editor_is_a_warning_with_its_line(text, cure):
    report = check(spoilt("lesson.md", "Слово.", text))

    line = 14 + text.count("\n", 0, max(text.find("[^1]:"), 0))
    (warning,) = report.warnings
    assert (warning.line, report.errors) == (line, [])
    assert cure in warning.message


ERRORS = [
    ("- раз\n-\n- два\n\n", 15, "пустой пункт списка"),
    ("1.\n  - внутри\n\n", 14, "пустой пункт списка"),
    ("<!-- заметка\n\nавтора -->\n\n", 14, "комментарий увидят все"),
    ("Раз\nдва\n---\n\n", 16, "отделите её пустой строкой"),
    ("Раз\nдва\n===\n\n", 16, "отделите её пустой строкой"),
    ("Слово[^1].\n\n[^1]: раз\n\n[^1]: два\n\n", 18, "уже написана выше"),
    ("Слово[^а б].\n\n[^а б]: раз\n\n", 16, "в имени буквы, цифры и дефис"),
    ("Слово.\n\nзадом \u202eна\n\n", 16, "переставляет буквы"),
    ("Слово [1].\n\n[1]: #shag\n[1]: #shag\n\n", 17, "[1]: это уже написано выше"),
    ('Слово.\n````warn header="`await`"\n\n', 15, "строка не начнёт код"),
]


@pytest.mark.parametrize(("text", "line", "cure"), ERRORS)
def test_what_would_silently_become_something_else_is_an_error(text, line, cure):
    report = check(spoilt("lesson.md", "Слово.", text))

    (error,) = report.errors
    assert (error.line, report.warnings) == (line, [])
    assert cure in error.message


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_shown_right_needs_no_remark(text):
    report = check(spoilt("lesson.md", "Слово.", text))

    assert said(report) == []


def test_comment_of_several_lines_is_one_remark_in_one_line():
    text = "Слово <!-- заметка\nавтора --> дальше."

    report = check(spoilt("lesson.md", "Слово.", text))

    assert said(report) == [
        "lesson.md:14: комментарий увидят все: уберите «<!-- … -->»"
    ]


def test_picture_in_a_link_is_refused_for_that_alone():
    picture = '![Пара](media/para.svg "Подпись")'

    report = check(spoilt("lesson.md", picture, f"[{picture}](https://a.ru)"))

    assert said(report) == [
        "lesson.md:16: картинка не бывает ссылкой: дайте ссылку строкой ниже"
    ]
