"""What pages load: put together of all its parts, the same for everybody."""

import re
from itertools import takewhile

import brotli
import pytest
import tinycss2
from jinja2 import Environment, meta

from lms.core.assets import FOLDER, SCRIPTS, assets, source_of
from tests.test_templates import PAGES, ROOT, name_of

BLOCKS = sorted((FOLDER / "css" / "blocks").glob("*.css"))
SHEETS = sorted((FOLDER / "css").rglob("*.css"))
BEHAVIOURS = sorted((FOLDER / "js").glob("*.js"))
WHOLE = [page for page in PAGES if "{% extends" in page.read_text(encoding="utf-8")]
STYLE = "/static/css/site.css"
ATTRIBUTE = re.compile(r"\bdata[-_][a-z_-]*[a-z]")
STATEMENT = re.compile(r"^\s*(?:import|export)\b", re.MULTILINE)


def rules_in(path):
    """Return (selectors, declarations) of every rule, those of media queries too."""
    found, rest = [], tinycss2.parse_stylesheet(path.read_text(), True, True)
    for rule in rest:
        if rule.type == "at-rule" and rule.lower_at_keyword == "media":
            rest += tinycss2.parse_rule_list(rule.content, True, True)
        elif rule.type == "qualified-rule":
            selectors = tinycss2.serialize(rule.prelude)
            found.append((selectors, tinycss2.serialize(rule.content)))
    return found


def attributes_in(text):
    """Return the attributes for scripts, written in HTML or as an argument."""
    return {found.replace("_", "-") for found in ATTRIBUTE.findall(text)}


def attributes_of(script):
    """Return the attributes that the words above a script name."""
    lines = script.read_text(encoding="utf-8").splitlines()
    words = "\n".join(takewhile(lambda line: line.startswith("//"), lines))
    return attributes_in(words)


def parts_of(name):
    """Return the sources of a template and of all that it includes or imports."""
    names, sources = [name], []
    for part in names:
        source = (ROOT / part).read_text(encoding="utf-8")
        sources.append(source)
        used = meta.find_referenced_templates(Environment().parse(source))
        names += [other for other in used if other and other not in names]
    return sources


@pytest.mark.parametrize("path", BLOCKS, ids=lambda path: path.stem)
def test_block_file_holds_its_block_and_says_what_it_is(path):
    selectors = [one for rule, _ in rules_in(path) for one in re.split(r",\s*\n", rule)]
    blocks = [re.search(r"\.([a-z0-9-]+?)(?=__|--|[^a-z0-9-]|$)", s) for s in selectors]

    assert path.read_text(encoding="utf-8").startswith(f"/* {path.stem}: ")
    assert {found and found[1] for found in blocks} == {path.stem}


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_style_sheet_overrules_nothing_by_force(path):
    rules = rules_in(path)

    assert not [rule for rule, _ in rules if "#" in rule]
    assert not [rule for rule, declared in rules if "!important" in declared]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.stem)
def test_every_style_sheet_is_in_the_one_of_the_site_once(path):
    site = assets()["css/site.css"].content.decode()

    plain = re.sub(r"\?v=\w+", "", site)

    assert plain.count(source_of(path)) == 1


def test_comments_do_not_travel():
    sent = [asset for asset in assets().values() if asset.name.endswith(("css", "js"))]

    assert len(sent) > len(SCRIPTS)
    for asset in sent:
        assert not re.search(rb"/\*|^\s*//", asset.content, re.MULTILINE)


def test_order_of_style_sheets_is_from_the_general_to_the_last_word():
    site = assets()["css/site.css"].content.decode()

    order = [":root {", "box-sizing: border-box;", ".agenda {", ".work {", ".no-print"]

    assert sorted(order, key=site.rindex) == order


def test_every_behaviour_is_in_a_script():
    names = {name for names in SCRIPTS.values() for name in names}

    assert names == {path.stem for path in BEHAVIOURS}
    assert names.isdisjoint(SCRIPTS)


@pytest.mark.parametrize("path", BEHAVIOURS, ids=lambda path: path.stem)
def test_behaviour_stands_alone_and_names_what_it_is_for(path):
    source = path.read_text(encoding="utf-8")

    assert not STATEMENT.search(source)
    assert attributes_of(path) or path.stem in {"more", "refusal"}


@pytest.mark.parametrize("path", WHOLE, ids=name_of)
def test_page_loads_the_behaviours_of_its_parts(path):
    sources = parts_of(name_of(path))
    named = re.search(r'{% set script = "(\w+)" %}', sources[0])

    used = attributes_in("".join(sources))
    needed = {script.stem for script in BEHAVIOURS if attributes_of(script) & used}

    assert needed <= set(SCRIPTS[named[1] if named else "page"])


@pytest.fixture
def style(guest):
    """The address of the style sheet as pages name it."""
    page = guest.get("/accounts/sign-in").text
    return page.split('rel="stylesheet" href="')[1].split('"')[0]


def test_files_are_kept_for_a_year_by_their_hash(guest, style):
    hashed, plain, old = (
        guest.get(a) for a in (style, STYLE, f"{STYLE}?v=0123456789ab")
    )

    assert hashed.cache_control.max_age == 31536000
    assert plain.cache_control.no_cache
    assert old.cache_control.no_cache


def test_files_are_the_same_for_everybody(sign_in, member, style):
    answer = sign_in(member).get(style)

    assert answer.cache_control.public
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert "Set-Cookie" not in answer.headers


def test_page_of_a_person_differs_by_the_cookie(sign_in, member):
    vary = sign_in(member).get("/home/").vary

    assert {"cookie", "accept-encoding"} <= set(vary.as_set())


@pytest.mark.parametrize(
    "name", ["css/tokens.css", "js/confirm.js", "../app.py", "nothing.css"]
)
def test_nothing_else_has_an_address(guest, name):
    assert guest.get(f"/static/{name}").status_code == 404


def test_browser_that_has_the_file_gets_a_word(guest, style):
    mark = guest.get(style, headers={"Accept-Encoding": "br"}).headers["ETag"]

    answer = guest.get(
        style, headers={"If-None-Match": mark, "Accept-Encoding": "gzip"}
    )

    assert (answer.status_code, answer.data) == (304, b"")
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_part_of_a_file_comes_as_it_is(guest):
    part = {"Range": "bytes=3-9", "Accept-Encoding": "br"}

    answer = guest.get(STYLE, headers=part)

    assert answer.status_code == 206
    assert answer.data == assets()["css/site.css"].content[3:10]
    assert "Content-Encoding" not in answer.headers


def test_head_of_a_file_tells_its_length(guest):
    accepts = {"Accept-Encoding": "br"}

    head, whole = guest.head(STYLE, headers=accepts), guest.get(STYLE, headers=accepts)

    assert head.data == b""
    assert head.content_length == whole.content_length == len(whole.data)
    assert brotli.decompress(whole.data) == assets()["css/site.css"].content


def test_what_the_style_sheet_loads_is_kept_for_a_year_too():
    files = assets()
    site = files["css/site.css"].content.decode()

    named = re.findall(r'url\("\.\./([^"?]+)(?:\?v=(\w+))?"\)', site)

    # The font is made at set-up: without it readers see a font of their own.
    marks = [(files[name].fingerprint, mark) for name, mark in named if name in files]
    assert named
    assert all(mark == fingerprint for fingerprint, mark in marks)
