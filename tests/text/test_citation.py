"""Notes tied to words: the words are marked, the note stands after their block."""

from dataclasses import dataclass

import pytest

from lms.text.citation import cite

BODY = """<p>Мы <strong>опросили</strong> 64 &amp; ещё.</p>
<p>Просят часто. Просят все.</p>
<ul>
<li>раз</li>
<li>два<br>
три</li>
</ul>"""


@dataclass(frozen=True)
class Note:
    quote: str
    at: int = 0


def marked(quote, at=0, body=BODY):
    """The HTML of the passages, one after another."""
    return "".join(str(p.html) for p in cite(body, [(1, Note(quote, at))]))


def test_text_without_notes_stays_as_it_is():
    assert [str(p.html) for p in cite(BODY, [])] == [BODY]


def test_words_are_marked_and_numbered():
    assert '<mark class="cited">Просят часто<sup>1</sup></mark>' in marked(
        "Просят часто"
    )


def test_note_knows_which_occurrence_it_means():
    page = marked("Просят", at=1)

    assert 'Просят часто. <mark class="cited">Просят<sup>1</sup></mark> все' in page


def test_mark_never_crosses_a_tag():
    page = marked("Мы опросили 64")

    assert '<strong><mark class="cited">опросили</mark></strong>' in page
    assert page.count("<mark") == page.count("</mark>") == 3


def test_words_over_two_blocks_are_found_however_they_are_broken():
    page = marked("ещё. Просят  часто")

    assert '<mark class="cited">ещё.</mark></p>' in page
    assert '<p><mark class="cited">Просят часто<sup>1</sup></mark>' in page


def test_space_between_blocks_is_not_marked():
    page = marked("раз\nдва три")

    assert "</li>\n<li><mark" in page
    assert page.count("<mark") == 3


def test_signs_written_as_entities_stay_entities():
    assert '<mark class="cited">&amp;</mark>' in marked("64 & ещё")


def test_note_stands_after_the_block_with_the_end_of_its_words():
    first, second = cite(BODY, [(2, Note("Мы")), (1, Note("раз"))])

    assert [number for number, _ in first.notes] == [2]
    assert [number for number, _ in second.notes] == [1]
    assert str(first.html).endswith("</p>")
    assert str(second.html).endswith("</ul>")


@pytest.mark.parametrize("quote", ["такого нет", "", "  "])
def test_lost_words_leave_the_note_under_the_text(quote):
    passages = cite(BODY, [(1, Note(quote))])

    assert "".join(str(p.html) for p in passages) == BODY
    assert [number for p in passages for number, _ in p.notes] == [1]


def test_empty_answer_keeps_its_note():
    (passage,) = cite("", [(1, Note("слово"))])

    assert (str(passage.html), len(passage.notes)) == ("", 1)


@pytest.mark.parametrize("quote", ["<b>", "<script>", "&lt;script&gt;"])
def test_nothing_but_marks_is_added(quote):
    body = "<p>&lt;script&gt; &lt;b&gt;</p>"

    page = marked(quote, body=body)

    bare = page.replace('<mark class="cited">', "").replace("</mark>", "")
    assert bare.replace("<sup>1</sup>", "") == body


def test_two_notes_on_the_same_words_share_them():
    notes = [(1, Note("Просят часто")), (2, Note("часто. Просят"))]

    page = "".join(str(p.html) for p in cite(BODY, notes))

    assert "<sup>1</sup>" in page
    assert "<sup>2</sup>" in page
    assert page.count("<mark") == page.count("</mark>")
