"""Texts that were made from Markdown, side by side on a page."""

from lms.text.markup import render_answer_page
from lms.text.stored import stored_html

TABLE = "| Кто | Когда |\n|---|---|\n| Орлов | май |"


def test_tables_of_two_texts_are_no_landmarks_of_one_name():
    answers = [render_answer_page(TABLE).html for _ in range(2)]

    page = "".join(map(stored_html, answers))

    assert page.count('role="group"') == 2
    assert 'role="region"' not in page
    assert page.count('aria-label="Таблица"') == 2
