"""Every page of every kind of person: readable, narrow enough, asking nobody else.

The list is that of the access table: a new page is looked at as soon as it is there.
"""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT, AxeResults

from tests.browser.demo import FILES, PEOPLE, address
from tests.browser.stage import ARTIFACTS, DESKTOP, PHONE, Visitor
from tests.test_access import READ, column

# Only what is wrong comes back: what is right is ten times as long.
BREACHES = """axe
    .run({resultTypes: ["violations"], rules: {"target-size": {enabled: true}}})
    .then(({violations}) => ({violations}))"""
# What stays in sight, or scrolls by itself, covers whatever happens to lie there.
UNSTICK = """() => {
  for (const it of document.querySelectorAll("main *"))
    if (getComputedStyle(it).position === "sticky")
      Object.assign(it.style, {position: "static", maxHeight: "none"});
  const sections = document.querySelector(".header__nav");
  if (sections && getComputedStyle(sections).position === "fixed") {
    sections.style.position = "static";
    document.body.append(sections);
  }
}"""
# What is folded, or opens over the page, stands beside the rest and covers nothing.
UNFOLD = """() => {
  for (const it of document.querySelectorAll("details, dialog")) {
    it.removeAttribute("name");
    it.open = true;
  }
  for (const it of document.querySelectorAll("dialog, [popover], [data-panel]")) {
    it.removeAttribute("popover");
    Object.assign(it.style, {display: "block", position: "static"});
    if (!it.dataset.panel) document.body.append(it);
  }
}"""
# A label leads to the first of two fields of one id.
TWINS = """[...document.querySelectorAll("[id]")].map(({id}) => id)
    .filter((id, place, all) => all.indexOf(id) !== place)"""
# Where Tab stops and nothing is drawn: no outline, or that of a line without words, as
# around a picture in a link that is not a block, or a side of it is cut by a box.
UNDRAWN = """() => {
  const stops = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const isBox = (it) => ["block", "flex", "grid"].includes(getComputedStyle(it).display);
  const isNoLine = (it) => (it.tagName ? isBox(it) : !it.textContent.trim());
  const boxOf = ({parentElement: it}) =>
    !it || getComputedStyle(it).overflowX !== "visible" ? it : boxOf(it);
  const isCut = (it, ring) => {
    const box = boxOf(it);
    if (!box || box.scrollWidth > box.clientWidth || it.offsetWidth < 2) return false;
    const {left, right} = it.getBoundingClientRect();
    const edge = box.getBoundingClientRect().left + box.clientLeft;
    return left - ring < edge - 0.5 || right + ring > edge + box.clientWidth + 0.5;
  };
  const isUndrawn = (it) => {
    it.focus();
    if (document.activeElement !== it) return false;
    const {display, outlineStyle, outlineWidth, outlineOffset} = getComputedStyle(it);
    const isHollow = display === "inline" && it.children.length;
    return outlineStyle === "none" || (isHollow && [...it.childNodes].every(isNoLine))
      || isCut(it, parseFloat(outlineWidth) + parseFloat(outlineOffset));
  };
  const undrawn = [...document.querySelectorAll(stops)].filter(isUndrawn);
  return undrawn.map((it) => it.outerHTML);
}"""  # noqa: E501
# A captain invites, which `member` of the access table may not.
CAPTAIN = ["invitations.invite", "invitations.sheet", "practices.edit"]
PAGES = [
    (person, page)
    for person in PEOPLE
    for page, status in column(READ, person).items()
    if status == 200 and page not in FILES
] + [("member", page) for page in CAPTAIN]
WAYS = {
    "desktop": (DESKTOP, "light"),
    "phone": (PHONE, "dark"),
}


@pytest.fixture(scope="module")
def visitors(chromium, demo):
    """One browser for each kind of person, signed in."""
    visitors = {}
    for person, email in PEOPLE.items():
        visitors[person] = Visitor(chromium, demo.config["LMS_URL"])
        if email:
            visitors[person].sign_in(email)
    yield visitors
    for visitor in visitors.values():
        visitor.context.close()


def look(page, name, way):
    """Look at the open page in one way; return what is wrong with it."""
    size, scheme = WAYS[way]
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    page.evaluate(UNSTICK)
    page.screenshot(path=ARTIFACTS / f"{name}-{way}.png", full_page=True)
    page.evaluate(UNFOLD)
    found = AxeResults(page.evaluate(BREACHES))
    twins = page.evaluate(TWINS)
    wide = page.evaluate("document.documentElement.scrollWidth") - size["width"]
    return [
        *([found.generate_report()] if found.violations_count else []),
        *([f"{way}: {wide}px too wide"] if wide > 0 else []),
        *(f"{way}: two of id {twin}" for twin in twins),
    ]


@pytest.mark.parametrize(("person", "endpoint"), PAGES)
def test_page(visitors, demo, person, endpoint):
    visitor = visitors[person]
    visitor.foreign.clear()
    visitor.errors.clear()

    where = address(demo, endpoint, person)
    answer = visitor.page.goto(where)
    visitor.page.evaluate(AXE_SCRIPT)
    problems = [
        problem
        for way in WAYS
        for problem in look(visitor.page, f"{person}-{endpoint}", way)
    ]
    visitor.page.keyboard.press("Tab")
    undrawn = visitor.page.evaluate(UNDRAWN)

    assert (answer.status, urlsplit(answer.url).path) == (200, where)
    assert (problems, undrawn) == ([], [])
    assert (visitor.foreign, visitor.errors) == ([], [])


def test_lesson_that_is_open_to_everybody(visitors):
    page = visitors["guest"].page

    answer = page.goto("/modules/cennosti/")
    page.evaluate(AXE_SCRIPT)
    problems = [look(page, "guest-open-lesson", way) for way in WAYS]

    assert answer.status == 200
    assert problems == [[], []]
