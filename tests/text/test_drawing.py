"""What of a drawing becomes a part of a page, and what never does."""

import pytest

from lms.text.drawing import draw
from tests.safe_html import Tags

ROOT = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 300" class="drawing"'
SVG = f"<svg {ROOT}>{{}}</svg>"


def tags_of(inside):
    return Tags(draw(SVG.format(inside).encode(), "Пара")).found


def test_drawing_says_what_it_shows_and_its_words_stay():
    inside = (
        '<g><text x="1" class="ink b">Раз &lt;<tspan dy="24">два</tspan></text></g>'
    )

    page = draw(SVG.format(inside).encode(), 'Пара "А"')

    assert page == (
        '<svg viewBox="0 0 480 300" class="drawing" role="img"'
        ' aria-label="Пара &quot;А&quot;"><g>'
        '<text x="1" class="drawing__ink drawing__b">Раз &lt;'
        '<tspan dy="24">два</tspan></text></g></svg>'
    )


def test_drawing_brings_no_style_name_or_font_of_its_own():
    inside = (
        '<title id="t">Имя</title><style>.ink{fill:red}</style>'
        '<text font-family="Arial" style="fill:red" id="x">Слово</text>'
    )

    page = draw(SVG.format(inside).encode(), "Пара")

    assert page.endswith('aria-label="Пара"><text>Слово</text></svg>')


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<foreignObject><iframe src="//evil.ru"/></foreignObject>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<use href="https://evil.ru/a.svg#b"/>',
        '<image href="https://evil.ru/a.png"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    ],
)
def test_what_is_no_shape_is_left_out(inside):
    assert [tag for tag, _ in tags_of(inside)] == ["svg"]


@pytest.mark.parametrize(
    "attribute",
    [
        'onload="alert(1)"',
        'fill="url(https://evil.ru/#a)"',
        'class="x&quot; onload=&quot;alert(1)"',
        'd="M0 0&quot;&gt;&lt;script&gt;"',
        'href="javascript:alert(1)"',
    ],
)
def test_attribute_that_is_more_than_a_measure_is_left_out(attribute):
    assert tags_of(f"<path {attribute}/>")[1] == ("path", {})


@pytest.mark.parametrize(
    "content",
    [
        b"no drawing",
        SVG.format("").replace(' class="drawing"', "").encode(),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;").encode(),
        SVG.format("<g/>" * 6_000).encode(),
    ],
    ids=["broken", "asks-for-nothing", "entities", "too-large"],
)
def test_other_files_stay_pictures(content):
    assert draw(content, "Пара") is None


def test_shapes_within_shapes_end_somewhere():
    page = draw(SVG.format("<g>" * 1_000 + "</g>" * 1_000).encode(), "Пара")

    assert page.count("<g") < 20
