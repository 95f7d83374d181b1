from lms.course.content.problems import Problem
from lms.course.revisions.comparison import MAX_ROWS, compare_texts
from lms.course.revisions.excerpts import excerpts_of


def rows(before, after):
    return [
        (row.kind, "".join(part.text for part in row.parts))
        for row in compare_texts({"a": before}, {"a": after})[0].rows
    ]


def test_unchanged_text_is_left_out():
    assert compare_texts({"a": "x", "b": "y"}, {"a": "x", "b": "y"}) == []


def test_line_shows_the_words_that_changed():
    assert rows("Одна встреча", "Две встречи и одна встреча")[0][0] == "changed"


def test_line_that_has_nothing_in_common_is_replaced():
    assert rows("Раз", "Два") == [("removed", "Раз"), ("added", "Два")]


def test_neighbours_are_shown_and_the_rest_is_left_out():
    before = "\n".join(map(str, range(20)))
    after = before.replace("3\n", "три\n", 1).replace("18\n", "восемь\n")

    kinds = [kind for kind, _ in rows(before, after)]

    assert kinds.count("gap") == 1
    assert kinds.count("same") == 7


def test_new_text_is_added_whole():
    (text,) = compare_texts({}, {"quiz.md": "раз\nдва"})

    assert (text.added, text.removed) == (2, 0)


def test_hundreds_of_new_paragraphs_are_not_searched_for_empty_lines_in_common():
    before, after = ("\n\n".join(f"{w}{n}" for n in range(230)) for w in "аб")

    assert "same" not in {kind for kind, _ in rows(before, after)}


def test_long_difference_is_cut():
    (text,) = compare_texts({"a": "х\n" * 900}, {"a": "у\n" * 900})

    assert len(text.rows) == MAX_ROWS
    assert text.is_cut


def test_text_that_is_slow_on_purpose_is_not_compared():

    (text,) = compare_texts({"a": "а\n" * 90_000}, {"a": "а\nб\n" * 45_000})

    assert text.is_cut


def test_excerpt_shows_a_problem_among_its_neighbours():
    files = {"lesson.md": b"1\n2\n3\n4\n5\n6\n7\n8"}
    found = [Problem("04-x/lesson.md", 2, "раз"), Problem("04-x/lesson.md", 7, "два")]

    (excerpt,) = excerpts_of(found, "04-x", files)

    assert [line.number for line in excerpt.lines] == [1, 2, 3, 0, 6, 7, 8]
    assert excerpt.lines[1].problems == (found[0],)


def test_excerpt_of_a_binary_file_has_no_lines():
    (excerpt,) = excerpts_of([Problem("04-x/media/a.pdf", 0, "-")], "04-x", {})

    assert excerpt.lines == []
    assert len(excerpt.on_whole) == 1
