"""Pages on paper: what can only be pressed is left out, and what is said is there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.demo import PEOPLE, address
from tests.browser.stage import Visitor

# Whoever holds a sheet presses nothing, searches nothing, turns no pages.
FOLDED = """:is(.fold, .task, .answer-field__example):not([open], .fold--told)
    > summary"""
PRESSED = f".button, .filters, .parts, .pages, .thread__form, .menu, {FOLDED}"
# A link that says what it does, for somebody else than a reader.
DOING = re.compile(
    r"\s*(перевести|скачать|добавить|сделать|продлить|изменить|подписаться|загрузите"
    r"|запросы о своих данных|общие проекты)",
    re.IGNORECASE,
)
# What is not written yet is not asked for either.
ASKED = ".levels__none, .mark__remark:placeholder-shown, [data-note-blank]"
# How many lines each cell of some columns takes.
LINES = """(names) => [...document.querySelectorAll("td[data-label]")]
    .filter((cell) => names.includes(cell.dataset.label))
    .map((cell) => {
      const words = document.createRange();
      words.selectNodeContents(cell);
      return new Set([...words.getClientRects()].map((box) => box.y)).size;
    })"""
# In how many parts each of some words stands.
PARTS = "(them) => them.map((it) => it.getClientRects().length)"
COLOURS = """() => {
  const {backgroundColor, color} = getComputedStyle(document.body);
  return [backgroundColor, color];
}"""
# Words that are light only because of a background, which is not printed.
PALE = """() => [...document.querySelectorAll("main *")].filter((it) => {
  const {color, printColorAdjust} = getComputedStyle(it);
  const says = [...it.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
  const isLight = Math.min(...color.match(/\\d+/g).slice(0, 3).map(Number)) > 180;
  return says && isLight && it.checkVisibility() && printColorAdjust === "economy";
}).map((it) => it.outerHTML)"""
# An upright A4 without its margins.
SHEET = {"width": 680, "height": 1000}
CUT = """[...document.querySelectorAll(".table-scroll, table")]
    .filter((it) => it.scrollWidth > it.clientWidth + 1).map((it) => it.textContent)"""
PAGES = [
    ("member", "home.start"),
    ("member", "modules.index"),
    ("member", "drafts.edit"),
    ("member", "modules.read"),
    ("member", "quizzes.take"),
    ("member", "submissions.attempt"),
    ("tutor", "reviews.queue"),
    ("tutor", "reviews.desk"),
    ("tutor", "progress.answers"),
    ("admin", "cohorts.cohort"),
    ("admin", "audit.journal"),
    ("admin", "newcomers.index"),
    ("admin", "revisions.edit"),
    ("admin", "certificates.registry"),
    ("admin", "teams.table"),
    ("admin", "territories.territory"),
    ("admin", "people.index"),
    ("admin", "library.index"),
    ("tutor", "agenda.index"),
    ("tutor", "meetings.attendance"),
    ("member", "partners.register"),
]


@pytest.fixture
def on_paper(chromium, demo):
    """Return a function that opens a page of the demonstration as it is printed."""
    visitors = []

    def open_page(person, endpoint, **media):
        visitor = Visitor(chromium, demo.config["LMS_URL"])
        visitors.append(visitor)
        if PEOPLE[person]:
            visitor.sign_in(PEOPLE[person])
        visitor.page.goto(address(demo, endpoint, person))
        visitor.page.emulate_media(media="print", **media)
        return visitor.page

    yield open_page
    for visitor in visitors:
        visitor.close()


@pytest.mark.parametrize(("person", "endpoint"), PAGES)
def test_paper_has_nothing_to_press(on_paper, person, endpoint):
    page = on_paper(person, endpoint)

    expect(page.locator("h1, .desk__title").first).to_be_visible()
    expect(page.locator(PRESSED).locator("visible=true")).to_have_count(0)
    ways = page.get_by_role("link", name=DOING).locator("visible=true")
    expect(ways).to_have_count(0)


@pytest.mark.parametrize(("person", "endpoint"), PAGES)
def test_words_are_read_on_paper_without_their_backgrounds(on_paper, person, endpoint):
    page = on_paper(person, endpoint)

    expect(page.locator("h1, .desk__title").first).to_be_visible()
    assert page.evaluate(PALE) == []


def test_how_to_join_is_on_the_first_sheet(on_paper):
    page = on_paper("guest", "home.front")
    page.set_viewport_size(SHEET)

    box = page.locator(".front__join").bounding_box()
    assert box["y"] + box["height"] <= SHEET["height"]


def test_paper_is_white_however_dark_the_screen_is(on_paper):
    page = on_paper("admin", "audit.journal", color_scheme="dark")

    assert page.evaluate(COLOURS) == ["rgb(255, 255, 255)", "rgb(28, 36, 48)"]


def test_sections_of_the_plan_are_read_without_their_backgrounds(on_paper):
    page = on_paper("member", "home.start")

    expect(page.locator(".tile--joined").first).to_have_css("color", "rgb(28, 36, 48)")


def test_draft_is_whole_on_paper(on_paper):
    page = on_paper("member", "drafts.edit")
    text = page.locator(".answer-field__text").first
    text.evaluate("it => { it.value = 'Строка.\\n'.repeat(60); }")

    assert text.evaluate("it => it.scrollHeight <= it.clientHeight")
    expect(page.locator("input[type=file]").first).to_be_hidden()


def test_paper_tells_what_was_asked_before(on_paper):
    page = on_paper("member", "modules.read")

    expect(page.locator(".asked-before .fold > *").first).to_be_visible()
    expect(page.locator(".asked-before .fold > p").first).to_be_visible()


def test_sign_of_what_is_accepted_is_seen_without_its_background(on_paper):
    page = on_paper("member", "modules.index")

    sign = page.locator(".rail__step--joined .rail__mark").first
    expect(sign).to_have_css("color", "rgb(10, 77, 59)")


@pytest.mark.parametrize(
    ("endpoint", "block"), [("modules.read", ".check"), ("quizzes.take", ".question")]
)
def test_question_stays_on_a_page_with_its_answers(on_paper, endpoint, block):
    page = on_paper("member", endpoint)

    expect(page.locator(block).first).to_have_css("break-inside", "avoid")


def test_paper_has_the_numbers_of_a_chart(on_paper):
    page = on_paper("tutor", "progress.answers")

    expect(page.locator(".fold--paper table")).to_be_visible()
    expect(page.locator(".fold--paper summary")).to_be_hidden()


@pytest.mark.parametrize(
    ("person", "endpoint"),
    [
        ("tutor", "surveys.results"),
        ("tutor", "teams.team"),
        ("admin", "reports.report"),
        ("coordinator", "reports.edition"),
        ("coordinator", "indicators.index"),
    ],
)
def test_tables_are_not_cut_where_nothing_scrolls(on_paper, person, endpoint):
    page = on_paper(person, endpoint)
    page.set_viewport_size(SHEET)

    expect(page.locator("table").first).to_be_visible()
    assert page.evaluate(CUT) == []


def test_way_to_a_thread_below_is_for_narrow_screens_alone(on_paper):
    page = on_paper("member", "drafts.edit")
    page.emulate_media(media="screen")

    expect(page.locator(".thread__jump")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".thread__jump")).to_be_visible()


def test_review_on_paper_asks_for_nothing(on_paper):
    page = on_paper("tutor", "reviews.desk")

    expect(page.locator(".mark__title").first).to_be_visible()
    expect(page.locator(ASKED).locator("visible=true")).to_have_count(0)


def test_what_was_met_is_unfolded_on_paper(on_paper):
    page = on_paper("tutor", "submissions.attempt")

    expect(page.locator(".fold--told li").first).to_be_visible()


# A browser takes the sheet for narrow or wide by the margins that it was told.
@pytest.mark.parametrize("width", [700, 1080])
def test_signs_of_the_matrix_have_their_words_on_paper(on_paper, width):
    page = on_paper("tutor", "progress.cohort")
    page.set_viewport_size({"width": width, "height": 900})

    shown = page.locator(".matrix__cell .matrix__words").first
    assert shown.bounding_box()["width"] > 20


def test_dates_and_verdicts_of_a_timesheet_stay_whole_on_paper(on_paper):
    page = on_paper("tutor", "timesheets.sheet")
    page.set_viewport_size({"width": 660, "height": 900})

    assert set(page.evaluate(LINES, ["Отправлена", "Ответ", "Решение"])) == {1}


def test_issue_on_paper_says_what_others_lack(on_paper):
    page = on_paper("admin", "batches.batch")

    expect(page.locator(".fold--paper p").first).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_hidden()


@pytest.fixture
def people_on_paper(on_paper):
    """Return the page of people × lessons as it is printed on a sheet on its side."""
    page = on_paper("tutor", "progress.cohort")
    page.goto(f"{page.url}?by=people")
    page.set_viewport_size({"width": 1030, "height": 700})
    return page


def test_each_of_the_people_takes_a_line_on_paper(people_on_paper):
    row = people_on_paper.locator(".matrix__row").first

    assert row.bounding_box()["height"] < 32
    expect(row.locator(".matrix__words").first).to_be_hidden()
    expect(row.locator(".matrix__pair").first).to_be_visible()


def test_people_stand_under_their_team_on_paper(people_on_paper):
    team = people_on_paper.locator(".matrix tbody").first

    expect(team).to_have_css("break-inside", "avoid")
    expect(team.locator(".matrix__group")).to_be_visible()
    expect(team.locator(".matrix__school").first).to_be_hidden()


def test_head_of_every_sheet_of_people_says_what_signs_mean(people_on_paper):
    legend = people_on_paper.locator(".matrix__heads .print-only")

    expect(legend).to_contain_text("◷ ждёт решения")


def test_team_of_a_table_has_its_tutor_as_a_word_on_paper(on_paper):
    page = on_paper("admin", "teams.table")

    tutor = page.locator(".roster__tutor select").first
    expect(tutor).to_have_css("appearance", "none")
    expect(tutor).to_have_css("border-top-width", "0px")
    expect(page.get_by_role("checkbox").locator("visible=true")).to_have_count(0)


def test_team_and_last_visit_stand_beside_a_person_on_paper(on_paper):
    page = on_paper("admin", "people.index")
    page.set_viewport_size(SHEET)

    row = page.locator(".list__row").first
    name, side = (row.locator(f".list__{part}") for part in ("main", "side"))
    assert side.bounding_box()["x"] > name.bounding_box()["x"] + 100


@pytest.mark.parametrize("endpoint", ["meetings.meeting", "meetings.attendance"])
def test_teams_of_a_meeting_stand_in_two_columns_on_paper(on_paper, endpoint):
    page = on_paper("coordinator", endpoint)

    expect(page.locator(".roll")).to_have_css("column-count", "2")
    expect(page.locator(".roll > *").first).to_have_css("break-inside", "avoid")


def test_heading_is_on_one_sheet(on_paper):
    page = on_paper("coordinator", "meetings.meeting")

    expect(page.get_by_role("heading").last).to_have_css("break-inside", "avoid")


def test_states_in_tables_are_not_broken_on_paper(on_paper):
    page = on_paper("member", "partners.register")
    page.set_viewport_size(SHEET)

    states = page.locator("td > .badge")
    expect(states.first).to_be_visible()
    assert states.evaluate_all(PARTS) == [1] * states.count()
    assert page.evaluate(CUT) == []


def test_schools_of_an_indicator_lie_on_their_side_on_paper(on_paper):
    page = on_paper("coordinator", "indicators.indicator")

    expect(page.locator("main")).to_have_css("page", "landscape")
