"""A line without marks is rendered at once, and as if it had been rendered in full."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.text.markup import _PLAIN, render_answer_page, render_lesson

LINES = st.from_regex(_PLAIN, fullmatch=True)
RUSSIAN = st.from_regex(_PLAIN, fullmatch=True, alphabet="абЁz 09,.;?!()«»—…%№+-:/")


@pytest.mark.parametrize("render", [render_lesson, render_answer_page])
@settings(max_examples=200)
@given(line=LINES | RUSSIAN)
def test_plain_line_is_what_the_whole_way_makes_of_it(render, line):
    beside_a_mark = render(f"{line}\n\n*а*")

    assert beside_a_mark.html == f"{render(line).html}\n<p><em>а</em></p>"
    assert beside_a_mark.facts == render(line).facts
