"""Charts are laid out to scale, and stay readable with many or no values."""

from lms.core.charts import HEIGHT, TOP, chart_of, counts_up_to, parts_of


def test_highest_value_reaches_the_top_and_none_has_no_bar():
    chart = chart_of([4, None, 2], [], scale={}, axis=["а", "б", "в"])

    tops = [(bar.y, bar.y + bar.height) for bar in chart.bars]
    assert tops == [(TOP, HEIGHT), ((TOP + HEIGHT) / 2, HEIGHT)]


def test_line_is_to_the_scale_of_the_bars_and_changes_in_steps():
    chart = chart_of([2], [0, 0, 4], scale={}, axis=["а", "б", "в"])

    flat, up, last = chart.line
    assert (flat.y1, flat.x1, flat.x2) == (HEIGHT, 0, 66.67)
    assert (up.x1, up.x2) == (66.67, 66.67)
    assert (last.y1, last.y2, last.x2) == (TOP, TOP, 100)
    assert chart.bars[0].y == (TOP + HEIGHT) / 2


def test_axis_names_as_many_places_as_have_room():
    weeks = [str(number) for number in range(104)]

    chart = chart_of([], [], scale={}, axis=weeks)

    assert [(mark.word, mark.at) for mark in chart.axis] == [
        ("0", 0),
        ("26", 25),
        ("52", 50),
        ("78", 75),
    ]


def test_scale_of_a_count_is_round():
    scales = {most: list(counts_up_to(most).values()) for most in (0, 1, 8, 61, 328)}

    assert scales == {
        0: [],
        1: [1],
        8: [2, 4, 6, 8],
        61: [20, 40, 60],
        328: [100, 200, 300],
    }


def test_parts_of_a_whole_lie_side_by_side():
    parts = parts_of([1, 0, 3])

    assert parts == [(0, 25), (25, 0), (25, 75)]


def test_chart_of_nothing_is_empty():
    chart = chart_of([], [], scale={}, axis=[])

    assert not any([chart.bars, chart.line, chart.scale, chart.axis])
    assert parts_of([0, 0])[1].width == 0
