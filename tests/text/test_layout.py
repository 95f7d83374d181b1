"""Lessons as authors write them are shown as GitHub shows them."""

from textwrap import indent

import pytest

from lms.text.markup import render_lesson
from tests.text.github import outline, outlines

AS_ON_GITHUB = {
    "words after the language": "```js run\nlet a;\n```\n\nТекст **и**\n\n```\nb\n```",
    "a name of a file": "```python lesson.py\n# комментарий\n```\nдальше",
    "attributes of a fence": '```js title="a b" {1}\nlet a;\n```',
    "no space before the language": "```  js\nlet a;\n```",
    "a longer closing fence": "````\n```\nкод\n```\n`````\n\nтекст",
    "tildes": "~~~ md\n```\n~~~\n\nтекст",
    "a fence right after text": "текст\n```\nкод\n```\nтекст",
    "a fence in an item": "- один\n  ```\n  код\n    глубже\n  ```\n- два",
    "a fence in a quote": "> слово\n> ```js run\n> код\n> ```\n> ещё",
    "a fence that never ends": "## А\n\n```\nmake run\n\n## Б\n\nТекст",
    "two spaces": "- один\n  - внутри\n    - глубже\n      - ещё\n- два",
    "three spaces": "1. один\n   - внутри\n   - ещё\n2. два",
    "four spaces": "- один\n    - внутри\n        - глубже\n- два",
    "numbers in bullets": "- один\n  1. раз\n  2. два\n- два\n  1. раз",
    "paragraphs in an item": "- один\n\n  ещё об одном\n  и дальше\n\n- два\n\nтекст",
    "a number of two figures": "9. девять\n10. десять\n    - внутри\n11. дальше",
    "brackets": "1) раз\n   - внутри\n2) два",
    "a list right after text": "слово:\n- раз\n- два\n\nслово:\n1. раз",
    "a year at the start of a line": "это было в мае\n2026. года",
    "a list of another kind": "1. раз\n2. два\n- слово\n- ещё",
    "uneven items": "- раз\n - два\n  - три",
    "a break in an item": "- раз  \n  [два](https://example.org)\n- три",
    "items far right of a text": "слово:\n    * раз\n    * два\n\nещё:\n\t1. раз",
    "marks far right of an item": "- раз\n        ## два\n        > три\n- я",
    "a lazy line": "- один\n  - внутри\nпродолжение\n\nтекст",
    "a list in a quote": "> слово\n> - раз\n>   - внутри\n>\n> текст",
    "an item right under a paragraph": "- раз\n\n  ещё\n- два\n\n    ещё\n- я",
    "a number right under a paragraph": "1. раз\n\n   и\n2. два\n   - а\n\n3. три",
    "an item under a list of its own": "1. раз\n\n   - внутри\n2. два",
    "a heading in an item": "- раз\n  ## Дальше\n- два",
    "a heading right under a paragraph": "- раз\n\n  ещё\n## Дальше",
    "words under their mark": "- раз\n-\n  два\n- три",
    "a quote in an item": "- раз\n\n  > слово\n\n- два",
    "a table in an item": "- раз\n\n  | а | б |\n  |---|---|\n  | 1 | 2 |\n\n- два",
    "a table": "| а | б |\n|:--|--:|\n| **1** | `2` |\n\nтекст",
    "far right by spaces of Word": "\xa0\xa0\xa0\xa0текст",
    "a table without rows": "| а | б |\n|---|---|\n\nтекст",
    "ticks": "- [ ] сделать\n- [x] **сделано**\n  - [ ] внутри",
    "strikethrough": "~~старая~~ новая, ~5 человек",
    "escaped marks": 'пишите \\<имя\\> и \\~\\~, \\|, \\"',
    "a backslash at the end": "строка\\\nстрока",
    "marks of code of different lengths": '````a x="`b`"\n\n`` `x` `` и ```` `y ```',
    "less than": "Если a<b и c>d, берите второе. 1 < 2, <имя>",
    "a number under a quote": "> слово\n2. два\n   - внутри",
    "a number under a lazy line": "> слово\nи\n2. два\n   - внутри",
    "lazy lines within a quote": "> слово\nи  \nтак\n> ещё\n\nтекст",
    "a lazy line of an item in a quote": "> - раз\nи\n2. два",
    "a lazy line of a quote in a quote": "> > слово\nи\n===\n> ещё",
    "a mark far right of a quote": "> слово\n    - и\n    2. так",
    "a line under an empty quote": ">\nслово",
    "a line under a table in a quote": "> | а |\n> |---|\n> | 1 |\nтекст",
    "a quote left of another": "- раз\n\n  > слово\n> текст",
    "a list under a tag of a network": "#школа\n- раз\n#школа",
    "a rule under a list": "- раз\n  - два\n---\nтекст",
    "a rule under a quote": "> слово\n---\n---\nтекст",
    "a fence under indented code": "    код\n```\nещё\n```",
    "a rule": "текст\n\n***\n\n- - -\n\nтекст",
    "indented code": "текст\n\n    код\n      глубже\n\nтекст",
    "no space after the sign": "##Заголовок",
    "a heading right after a list": "- раз\n## Дальше\nтекст",
}


def test_ticks_of_a_list_are_boxes():
    page = render_lesson("- [ ] сделать\n- [х] **сделано**").html

    assert "<li>☐ сделать</li>\n<li>☑ <strong>сделано</strong></li>" in page


@pytest.mark.parametrize("text", AS_ON_GITHUB.values(), ids=AS_ON_GITHUB)
def test_lesson_is_read_as_on_github(text):
    ours, theirs = outlines(text)

    assert ours == theirs


ENDED = {name: text for name, text in AS_ON_GITHUB.items() if "never ends" not in name}
HOLDERS = {
    "an item": lambda text: f"- слово\n\n{indent(text, '  ')}\n- дальше",
    "a number": lambda text: f"1. слово\n\n{indent(text, '   ')}\n2. дальше",
    "a quote": lambda text: f"{indent(text, '> ', lambda _: True)}\n\nдальше",
}


@pytest.mark.parametrize("first", ENDED.values(), ids=ENDED)
def test_what_stands_before_changes_nothing(first):
    for text in ENDED.values():
        ours, theirs = outlines(f"{first}\n\n{text}")

        assert ours == theirs


@pytest.mark.parametrize("text", ENDED.values(), ids=ENDED)
@pytest.mark.parametrize("held", HOLDERS.values(), ids=HOLDERS)
def test_text_within_another_is_read_as_on_github(held, text):
    ours, theirs = outlines(held(text))

    assert ours == theirs


@pytest.mark.parametrize("address", ["https://example.org/a", "anna@example.org"])
def test_bare_address_is_a_link(address):
    page = render_lesson(f"Пишите: {address}, ждём.").html

    assert ("", "a", address) in outline(page)
    assert page.endswith("</a>, ждём.</p>")


def test_russian_name_of_a_heading_leads_to_it():
    page = render_lesson("## Кого звать\n\n[сюда](#кого-звать)").html

    assert '<a href="#kogo-zvat">сюда</a>' in page


def test_russian_footnote_leads_there_and_back():
    page = render_lesson("Слово[^сноска].\n\n[^сноска]: Откуда.").html

    assert 'href="#fn-сноска"' in page
    assert '<li id="fn-сноска">' in page


def test_file_is_found_by_its_name_with_a_dot():
    page = render_lesson(
        "[лист](./media/list.docx)\n\n![а](./media/a.svg)",
        links={"media/list.docx": "/files/l", "media/a.svg": "/files/a"},
    ).html

    assert 'href="/files/l"' in page
    assert 'src="/files/a"' in page


def test_list_in_a_note_may_nest_by_two_spaces():
    page = render_lesson("!!! tip\n    - раз\n      - внутри\n\nтекст").html

    places = [(where, tag) for where, tag, _ in outline(page) if tag]
    assert places == [("ul", "li"), ("ul/ul", "li")]
    assert page.endswith("</div>\n<p>текст</p>")
