"""Words of texts as questions are compared with them."""

import pytest

from lms.text.stems import stems


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff"])
def test_word_with_a_sign_that_nobody_sees_is_one_word(sign):
    assert stems(f"{sign}орга{sign}ни{sign}зация") == stems("организация")
