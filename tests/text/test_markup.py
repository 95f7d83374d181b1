"""What becomes of Markdown."""

import re

import pytest

from lms.text.limits import render_answer
from lms.text.markup import render_lesson
from lms.text.stored import plain_text
from tests.safe_html import Tags


def test_raw_html_is_shown_as_it_was_typed():
    page = render_answer("Пишите <b>жирно</b> & смело")

    assert page == "<p>Пишите &lt;b&gt;жирно&lt;/b&gt; &amp; смело</p>"


def test_new_lines_of_an_answer_stay():
    page = render_answer("Первая строка\r\nвторая")

    assert page == "<p>Первая строка<br>\nвторая</p>"


def test_headings_of_an_answer_stand_below_those_of_the_page():
    page = render_answer("# Один\n\n## Два\n\n##### Пять")

    assert page == "<h3>Один</h3>\n<h4>Два</h4>\n<h6>Пять</h6>"


def test_list_may_begin_right_under_its_first_words():
    page = render_answer("Позовём:\n- Анну\n- Петра")

    assert page.split() == (
        ["<p>Позовём:</p>", "<ul>", "<li>Анну</li>", "<li>Петра</li>", "</ul>"]
    )


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("1. один\n   - внутри\n2. два", "<li>внутри</li>"),
        ("1) раз\n2) два", "<li>два</li>"),
        ("```js\na *b*\n```\nпосле", "<code>a *b*\n</code>"),
        ("- раз\n\n  ещё\n- два", "<p>ещё</p>\n</li>"),
        ("```\nкод", "<code>код\n</code>"),
        ("-", "-"),
    ],
)
def test_lists_and_code_of_an_answer_are_read_as_in_a_lesson(text, piece):
    assert piece in render_answer(text)


def test_indent_and_number_sign_of_an_answer_mean_nothing():
    page = render_answer("    С отступом\n\n#вместе\n\nИтог\n----")

    assert "<pre>" not in page
    assert "<h" not in page.replace("<hr>", "")


def test_pasted_address_becomes_a_link_without_the_full_stop():
    page = render_answer("Смотрите https://a.ru/b_c_d?e=1. Там всё.")

    rel = 'rel="nofollow noopener noreferrer"'
    assert f'<a href="https://a.ru/b_c_d?e=1" {rel}>' in page
    assert "</a>. Там всё." in page


@pytest.mark.parametrize("target", ["/accounts/logout", "//evil.ru", "#x", "a.html"])
def test_link_of_an_answer_leads_only_to_the_web(target):
    page = render_answer(f"[жмите]({target})")

    assert "href" not in page


def test_picture_of_an_answer_is_a_link():
    page = render_answer("![наш двор](https://a.ru/dvor.jpg)")

    assert "<img" not in page
    assert 'href="https://a.ru/dvor.jpg"' in page
    assert ">наш двор</a>" in page


def test_table_of_an_answer_scrolls_and_can_be_focused():
    page = render_answer("Кто|Что\n:-|-:\nАнна|чай")

    scroll = {
        "class": "table-scroll",
        "tabindex": "0",
        "role": "region",
        "aria-label": "Таблица",
    }
    assert ("div", scroll) in Tags(page).found
    assert ("th", {"class": "cell--left", "scope": "col"}) in Tags(page).found
    assert ("td", {"class": "cell--right"}) in Tags(page).found


def test_heading_gets_an_id_in_latin_letters():
    page = render_lesson(
        "## Кого звать: «щедрых»?\n\n### Ещё {#esche}\n\n## Кого звать"
    )

    assert page.html == (
        '<h2 id="kogo-zvat-schedryh">Кого звать: «щедрых»?</h2>\n'
        '<h3 id="esche">Ещё</h3>\n<h2 id="kogo-zvat">Кого звать</h2>'
    )
    assert page.toc == [
        {
            "id": "kogo-zvat-schedryh",
            "title": "Кого звать: «щедрых»?",
            "children": [{"id": "esche", "title": "Ещё", "children": []}],
        },
        {"id": "kogo-zvat", "title": "Кого звать", "children": []},
    ]


def test_same_headings_get_different_ids():
    page = render_lesson("## Шаг\n\n## Шаг")

    first, second = (entry["id"] for entry in page.toc)
    assert first != second


@pytest.mark.parametrize("title", ["Главное", "Что почитать"])
def test_closing_section_is_marked_so_that_it_has_no_number(title):
    page = render_lesson(f"## Начало\n\n## {title}").html

    assert page.count('class="closing"') == 1


def test_picture_alone_becomes_a_figure_with_its_size():
    page = render_lesson(
        '![Пара](media/para.svg "Подпись & всё")',
        links={"media/para.svg": "/modules/x/para.svg"},
        sizes={"media/para.svg": (480, 300)},
    )

    assert page.html == (
        '<figure><img alt="Пара" height="300" loading="lazy" '
        'src="/modules/x/para.svg" width="480">'
        "<figcaption>Подпись &amp; всё</figcaption></figure>"
    )
    assert page.facts.pictures == [("media/para.svg", "Пара", True, False)]


def test_pictures_on_neighbouring_lines_become_two_figures():
    page = render_lesson("![а](media/a.svg)\n![б](media/b.svg)")

    assert page.html.count("<figure>") == 2


def test_picture_inside_a_sentence_is_noticed():
    page = render_lesson("Вот ![а](media/a.svg) она")

    assert not page.facts.pictures[0].alone


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        ("example", "Пример"),
        ("team", "Вопрос команде"),
        ("check", "Проверьте себя"),
        ("tip", "Совет"),
        ("warning", "Осторожно"),
        ("law", "Закон и документы"),
    ],
)
def test_note_has_a_russian_title(kind, title):
    page = render_lesson(f"!!! {kind}\n    Текст").html

    assert page == (
        f'<div class="note note--{kind}" role="note">\n'
        f'<p class="note__title">{title}</p>\n<p>Текст</p>\n</div>'
    )


def test_title_of_a_note_may_be_its_own():
    page = render_lesson('!!! law "Проверено: ноябрь 2026"\n    Текст').html

    assert '<p class="note__title">Проверено: ноябрь 2026</p>' in page


def test_code_in_a_note_stays_code():
    page = render_lesson("!!! tip\n    ```\n    <b> *\n    ```").html

    assert "<pre><code>&lt;b&gt; *\n</code></pre>" in page


def test_footnote_leads_there_and_back():
    page = render_lesson("Слово[^1].\n\n[^1]: Откуда.").html

    assert '<sup id="fnref-1"><a class="footnote-ref" href="#fn-1">1</a></sup>' in page
    assert '<li id="fn-1">' in page
    assert "Вернуться к тексту, сноска 1" in page


def test_abbreviation_and_definition_are_explained():
    page = render_lesson("НКО\n: союз\n\n*[НКО]: некоммерческая организация").html

    assert '<abbr title="некоммерческая организация">НКО</abbr>' in page
    assert "<dd>союз</dd>" in page


def test_links_of_a_lesson_lead_where_the_site_says():
    page = render_lesson(
        "[к](media/k.docx) [7](../07-strategiya/lesson.md#a) [в](https://a.ru)",
        links={"media/k.docx": "/files/k", "strategiya": "/modules/strategiya/"},
    ).html

    assert '<a href="/files/k">' in page
    assert '<a href="/modules/strategiya/#a">' in page
    assert '<a href="https://a.ru" rel="noopener noreferrer">' in page


def test_several_tables_are_told_apart():
    page = render_lesson("a|b\n-|-\n1|2\n\nслово\n\na|b\n-|-\n1|2").html

    assert 'aria-label="Таблица"' in page
    assert 'aria-label="Таблица 2"' in page


def test_plain_text_keeps_words_and_lines_apart():
    body = render_lesson(
        "## Раз\n\nДва *три*[^1].\n\n- че`ты`ре\n\n[^1]: пять &amp; шесть"
    )

    assert plain_text(body.html) == "Раз\nДва три1.\nчетыре\nпять & шесть"


@pytest.mark.parametrize("name", ["1.1", "*", "Устав,п.2"])
def test_note_below_the_text_is_reached_by_any_name_without_spaces(name):
    page = render_lesson(f"Слово[^{name}]\n\n[^{name}]: Сноска").html

    for place in re.findall('href="#([^"]+)"', page):
        assert f'id="{place}"' in page


def test_long_head_of_a_table_is_not_said_whole_in_each_of_its_cells():
    head = "Что спросили " * 50

    page = render_answer(f"|{head}|б|в|\n|-|-|-|\n" + "|да|\n" * 30)

    assert head.strip() in page
    assert len(page) < 10_000
