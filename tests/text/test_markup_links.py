"""Addresses in texts, and links that are made of them."""

import pytest

from lms.text.limits import render_answer
from lms.text.markup import render_answer_page, render_lesson
from lms.text.stored import letter_text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.ru/Школа_(фильм).", "https://a.ru/Школа_(фильм)"),
        ("(https://a.ru/Школа_(фильм))", "https://a.ru/Школа_(фильм)"),
        ("(https://a.ru/б)", "https://a.ru/б"),
        ("https://a.ru/((((", "https://a.ru/"),
    ],
)
def test_brackets_belong_to_an_address_in_pairs(text, address):
    assert f'href="{address}"' in render_lesson(text).html
    assert f'href="{address}"' in render_answer_page(text).html


def test_letter_has_the_addresses_behind_the_words_of_links():
    body = render_answer("[Вход](https://a.ru/1), https://b.ru\n\n[выше](#x)")

    assert letter_text(body) == "Вход (https://a.ru/1), https://b.ru\nвыше (#x)"
