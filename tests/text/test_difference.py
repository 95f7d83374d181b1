"""What changed between two texts, and what of it may be folded away."""

import pytest

from lms.text.difference import SHORT, compare

LONG = " ".join(f"В {number} классе записали ответы." for number in range(9))
BRIEF = "Итого."


def joined(stretch):
    return "".join(part.text for part in stretch.parts if part.kind != "removed")


def folded(before, after):
    """Tell of each stretch how many paragraphs it has and whether it is folded."""
    stretches = compare(before, after).stretches
    return [(stretch.paragraphs, stretch.is_folded) for stretch in stretches]


def test_unchanged_paragraphs_in_a_row_are_folded_together():
    before = f"{LONG}\n\n{LONG}\n\nПришло пять человек.\n\n{LONG}"

    after = before.replace("пять", "шесть")

    assert folded(before, after) == [(2, True), (1, False), (1, True)]


@pytest.mark.parametrize("text", [BRIEF, "а" * SHORT])
def test_what_is_no_longer_than_the_line_that_hides_it_stays(text):
    assert folded(f"{text}\n\nПять.", f"{text}\n\nШесть.") == [(1, False), (1, False)]


@pytest.mark.parametrize("turned", [False, True])
def test_paragraph_that_came_or_went_leaves_its_neighbours_unchanged(turned):
    texts = [f"{LONG}\n\nЛишнее.\n\nДальше. {LONG}", f"{LONG}\n\nДальше. {LONG}"]

    before, after = reversed(texts) if turned else texts

    assert folded(before, after) == [(1, True), (1, False), (1, True)]


def test_list_is_one_paragraph_and_is_seen_whole():
    before = f"{LONG}\n\n- раз\n- два\n- три"
    stretches = compare(before, before.replace("два", "две")).stretches

    assert [joined(stretch) for stretch in stretches] == [
        LONG.rstrip(),
        "- раз\n- две\n- три",
    ]


def test_stretches_say_all_that_the_parts_say():
    before, after = f"{LONG}\n\nОдин.\n\n{BRIEF}", f"Ноль.\n\n{LONG}\n\nДва.\n\n{BRIEF}"

    said = "\n\n".join(joined(stretch) for stretch in compare(before, after).stretches)

    assert said.split() == after.split()


def test_single_words_in_common_among_many_others_are_not_compared_for_seconds():
    before = " ".join(f"{number} до{number}" for number in range(1600))
    after = " ".join(f"{number} после{number}" for number in range(1600))

    assert compare(before, after).is_too_long


def test_one_word_typed_thousands_of_times_is_not_compared():
    assert compare("ой " * 2000, "ой " * 2001).is_too_long


def test_longest_answer_with_words_changed_here_and_there_is_compared():
    before = "\n".join(
        f"Семья{number} пришла{number} позже{number}, дело{number} ждёт{number}."
        for number in range(400)
    )

    difference = compare(before, before.replace("позже7", "раньше7"))

    assert difference.added == difference.removed == 11
