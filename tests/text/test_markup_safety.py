"""What may never become of Markdown, and how long it may take."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.text.limits import render_answer, render_answers
from lms.text.markup import render_lesson
from lms.text.stored import plain_text
from tests.safe_html import ANSWER_TAGS, CLASSES, LESSON_TAGS, Tags, is_inert

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    '[x](https://a.ru "onmouseover=alert(1)")',
    '[x](https://a.ru"onmouseover="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "<javascript://%0aalert(1)>",
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](https://a.ru/b.png)',
    '![x](https://a.ru/b.png"onerror="alert(1))',
    "<iframe src=//evil.ru></iframe>",
    "<style>*{display:none}</style>",
    "<form action=//evil.ru><input></form>",
    "<meta http-equiv=refresh content=0>",
    "<base href=//evil.ru>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "<div style='position:fixed'>",
    "``` <script>\nalert(1)\n```",
    "`<script>alert(1)</script>`",
    "# x {: onclick=alert(1) #id .class}",
    "## x {#x onclick=alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0001\x03",
    '!!! tip "<script>alert(1)</script>"\n    x',
    '!!! "onclick=alert(1)"\n    x',
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "*[x]: <script>alert(1)</script>\n\nx",
    "|<script>|\n|-|\n|<b onclick=x>|",
    "https://a.ru/\"onmouseover=alert(1) https://a.ru/'><script>",
]


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_on_an_answer_is_inert(text):
    page = render_answer(text)

    assert is_inert(page, ANSWER_TAGS)


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_in_a_lesson_is_inert(text):
    page = render_lesson(text).html

    assert is_inert(page, LESSON_TAGS)


PIECES = [
    *(
        "[",
        "](",
        ")",
        "![",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        ">",
        "<",
        "</",
        "&",
        "&#",
        ";",
    ),
    *(
        "|",
        "a|b\n-|-\n",
        "\n",
        "\n\n",
        "    ",
        "- ",
        "1. ",
        "# ",
        "## ",
        "\\",
        '"',
        "'",
    ),
    *(
        "!!! tip\n",
        "[^1]",
        "[^1]: ",
        "*[a]: ",
        ": ",
        "{#a}",
        "{: b}",
        "http://a",
        "a",
        "я",
    ),
    *(
        "<b onclick=x>",
        "javascript:",
        "\x02",
        "\x03",
        "<!--",
        "-->",
        "{",
        "}",
        "=\n",
        "\t",
    ),
]
MARKDOWN = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=60
)


@given(MARKDOWN.map("".join))
@settings(max_examples=150)
def test_any_text_becomes_an_inert_answer(text):
    page = render_answers([text], seconds=1)[0]

    assert is_inert(page, ANSWER_TAGS)


@given(MARKDOWN.map("".join))
@settings(max_examples=150)
def test_any_text_becomes_an_inert_lesson(text):
    page = render_lesson(text).html

    classes = {attributes.get("class", "") for _, attributes in Tags(page).found}
    assert is_inert(page, LESSON_TAGS)
    assert classes <= CLASSES


def test_answers_come_back_in_the_order_they_were_given():
    pages = render_answers(["длинный " * 100, "б", "", "а", "б"])

    words = [plain_text(page)[:1] for page in pages]
    assert words == ["д", "б", "", "а", "б"]


@pytest.mark.parametrize("mark", ["[", "![", "[a](", "`", "*", "> ", "- ", "<"])
def test_text_that_takes_too_long_is_shown_whole_as_it_was_typed(mark):
    text = "Начало & <b>\n" + mark * 800 + "\r\n\r\nконец"

    page = render_answers([text], seconds=0.001)[0]

    assert page.startswith("<p>Начало &amp; &lt;b&gt;<br>\n")
    assert page.endswith("</p>\n<p>конец</p>")
    assert plain_text(page).count(mark.strip()[0]) >= 800


def test_slow_text_does_not_take_the_others_with_it():
    slow, long = "[" * 20_000, "*слово* " * 100

    slow_page, long_page, short_page = render_answers([slow, long, "*да*"], seconds=2)

    assert slow_page == f"<p>{slow}</p>"
    assert long_page.count("<em>") == 100
    assert short_page == "<p><em>да</em></p>"


@pytest.mark.parametrize("text", ["* " * 200, ("- " * 2_000) + "a", "> " * 3_000])
def test_text_nested_too_deep_is_still_shown(text):
    page = render_answers([text])[0]

    assert is_inert(page, ANSWER_TAGS)
