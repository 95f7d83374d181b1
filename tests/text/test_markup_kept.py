"""Nothing that a person types is lost: what is no Markdown is shown as it was typed."""

from itertools import product

import pytest

from lms.text.limits import render_answer
from lms.text.markup import render_answer_page, render_lesson
from lms.text.stored import plain_text


@pytest.mark.parametrize("line", ["[^1]: Иванов", "[1]: книга", "[1]: https://a.ru"])
def test_line_of_a_source_stays_in_an_answer(line):
    words = plain_text(render_answer(f"Слово [1].\n\n{line}"))

    assert words.splitlines()[-1] == line


@pytest.mark.parametrize("render", [render_answer_page, render_lesson])
def test_stars_of_a_product_take_no_number_away(render):
    for signs in product(("*", "**", ""), repeat=4):
        product_of_all = "".join(f"{n}{sign}" for n, sign in enumerate(signs))

        shown = plain_text(render(f"{product_of_all}9 м").html)

        assert shown.replace("*", "") == "01239 м"


@pytest.mark.parametrize("sign", ["", "!"])
def test_words_in_the_place_of_an_address_stay_in_an_answer(sign):
    page = render_answer(f"Смотрите {sign}[карту](приложение Ильиной), она готова.")

    assert plain_text(page) == "Смотрите карту (приложение Ильиной), она готова."


@pytest.mark.parametrize(
    "place", ["#школа", "http://[1", "http://a.ru и ещё", "http://a.ru\nи ещё"]
)
def test_words_within_what_looks_like_an_address_stay_in_an_answer(place):
    page = render_answer(f"Смотрите [карту]({place}).")

    assert plain_text(page) == f"Смотрите карту ({' '.join(place.split())})."


@pytest.mark.parametrize("sign", ["", "!"])
@pytest.mark.parametrize("render", [render_answer_page, render_lesson])
def test_sign_before_the_end_of_an_open_bracket_stays(render, sign):
    typed = f'{sign}[приказ](№ 5 "О школе (ред. 2027'

    assert plain_text(render(typed).html) == typed


def test_address_alone_is_not_said_twice():
    page = render_answer(
        "Смотрите [карту](https://a.ru/x?y#z) и [почту](mailto:a@b.ru)."
    )

    assert plain_text(page) == "Смотрите карту и почту."


@pytest.mark.parametrize("before", ["", "> "])
@pytest.mark.parametrize("line", ["```Наши цели", "``` Цель: 5 пар", "~~~ код и слова"])
def test_words_after_the_mark_of_code_stay_in_an_answer(line, before):
    page = render_answer(f"{before}{line}\n{before}дальше\n{before}{line[:3]}")

    assert f"<pre><code>{line.strip('`~ ')}\nдальше\n" in page


def test_answer_keeps_the_words_of_a_row_longer_than_the_head():
    page = render_answer_page("|а|б|\n|-|-|\n||`1|2`|3\\|4|5|\n\nа|б\n-|-\n1|2|3").html

    assert "<td></td>\n<td><code>1|2</code> | 3|4 | 5</td>" in page
    assert "<td>1</td>\n<td>2 | 3</td>" in page


@pytest.mark.parametrize("words", ["Hello world", "Привет", "x" * 20, "hello", "js or"])
def test_answer_keeps_words_beside_the_sign_of_code(words):
    assert words in render_answer_page(f"```{words}\nкод\n```").html


def test_language_of_code_is_not_a_part_of_it():
    assert "<code>код\n</code>" in render_answer_page("```python\nкод\n```").html


@pytest.mark.parametrize("end", ["", "\n", "\nкод", "\n```", "\n\nкод", "\n> код"])
@pytest.mark.parametrize("held", ["", "> ", "- "])
def test_word_beside_a_mark_that_opens_no_code_stays(held, end):
    assert "python" in render_answer_page(f"{held}```python{end}").html


@pytest.mark.parametrize("number", ["2024", "1234567", "123456789"])
def test_number_of_an_item_stays_in_an_answer(number):
    assert f'<ol start="{number}">' in render_answer(f"{number}. Звонить днём")


@pytest.mark.parametrize("render", [render_answer_page, render_lesson])
@pytest.mark.parametrize("tag", ["<!-- {} -->", "<b title='{}'>"])
def test_code_and_links_within_a_tag_stay(tag, render):
    page = render(tag.format("`код` и [сайт](https://a.ru)"))

    assert plain_text(page.html) == tag.format("код и сайт")
    assert 'href="https://a.ru"' in page.html
    assert page.facts.raw_html == [tag.format("код и сайт")]
