"""The matrix of a cohort: on a desk, with keys only, on a phone and on paper."""

import re

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission
from tests.browser import team
from tests.browser.demo import PEOPLE, address, only
from tests.browser.keyboard import keys
from tests.browser.stage import PHONE, Visitor
from tests.works import crowd

NOTEBOOK = {"width": 1280, "height": 800}
# More than the window has, whatever it is that is too wide.
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
# How far down the words of the cell that has the focus reach.
LOWEST = """document.activeElement.closest("td").querySelector(".matrix__words")
    .getBoundingClientRect().bottom"""
SIZE_OF_PAGE = re.compile(rb"/MediaBox\s*\[0 0 (\d+)[\d.]* (\d+)")


@pytest.fixture
def open_matrix(visit, site):
    """Return a function that shows a tutor the matrix of 300 teams."""
    team.send_work(site)
    with site.app_context():
        work, captain = only(Submission), only(User, email=team.CAPTAIN)
        crowd(only(Module), work.cohort, captain, 299)

    def open_it(**kwargs):
        tutor = visit(**kwargs).sign_in(team.TUTOR)
        tutor.page.goto("/progress/")
        return tutor

    return open_it


def words(page):
    """Return the words of the cell that has the focus, as far as they can be seen."""
    shown = page.locator(".matrix__cell:is(:focus, :focus-within) .matrix__words")
    box = shown.bounding_box()
    return shown.text_content() if box["width"] > 1 else ""


def test_ten_modules_fit_a_notebook(chromium, demo):
    tutor = Visitor(chromium, demo.config["LMS_URL"], size=NOTEBOOK)
    tutor.sign_in(PEOPLE["tutor"]).page.goto(address(demo, "progress.cohort"))

    expect(tutor.page.locator(".matrix__module")).to_have_count(10)
    table = tutor.page.locator(".matrix").bounding_box()
    assert tutor.page.evaluate(TOO_WIDE) <= 0
    assert table["x"] + table["width"] <= NOTEBOOK["width"]
    tutor.close()


def test_words_come_by_keys_and_go_by_escape(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)
    tutor.page.locator(".matrix__team a").first.focus()

    keys(tutor, "ArrowRight", "ArrowDown")

    assert words(tutor.page) == "ждёт проверки"
    keys(tutor, "Escape")
    assert words(tutor.page) == ""
    keys(tutor, "ArrowDown")
    assert words(tutor.page) == "ждёт проверки"


def test_words_are_in_sight_all_the_way_down(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)
    tutor.page.locator(".matrix__team a").first.focus()
    keys(tutor, "ArrowRight")
    lowest = []

    for _ in range(20):
        keys(tutor, "ArrowDown")
        lowest.append(tutor.page.evaluate(LOWEST))

    assert max(lowest) <= NOTEBOOK["height"]


def test_teams_of_a_page_are_one_stop_of_tab(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)
    tutor.page.locator(".matrix__team a").first.focus()

    keys(tutor, "Tab")

    expect(tutor.page.locator(":focus")).to_have_text("Дальше")


def test_head_stays_in_sight_of_the_last_of_many_teams(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)

    tutor.page.locator(".matrix__row").last.scroll_into_view_if_needed()

    expect(tutor.page.locator(".matrix__module").first).to_be_in_viewport(ratio=1)


def test_one_team_of_many_is_found_by_words(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)

    tutor.page.get_by_label("Команда, школа, тьютор").fill("школа 217")
    tutor.press("Показать")

    expect(tutor.page.locator(".matrix__row")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_next_tab_after_a_search_leads_to_what_was_found(open_matrix, scripts):
    tutor = open_matrix(size=NOTEBOOK, scripts=scripts)
    tutor.page.get_by_label("Команда, школа, тьютор").fill("школа 217")
    keys(tutor, "Enter")
    expect(tutor.page.locator(".matrix__row")).to_have_count(1)

    keys(tutor, "Tab")

    expect(tutor.page.locator(".matrix__row :focus")).to_have_count(1)


LONG = "Содружество неравнодушных родителей, учителей, выпускников и партнёров школы"


@pytest.fixture
def open_long_names(open_matrix, site):
    """Return a function that shows the matrix with one team of long names."""
    with site.app_context():
        team_ = db.session.scalars(sa.select(Team).order_by(Team.id)).first()
        team_.name, team_.school.name = LONG, f"Учреждение «{LONG}»" * 2
        team_.school.municipality = "Абакан"
        db.session.commit()

    def open_it(**kwargs):
        tutor = open_matrix(**kwargs)
        return tutor, tutor.page.locator(".matrix__row", has_text=LONG)

    return open_it


def test_long_names_take_no_more_than_four_lines(open_long_names):
    _, row = open_long_names(size=NOTEBOOK)

    assert row.bounding_box()["height"] < 120


def test_long_names_come_whole_by_keys_and_go_by_escape(open_long_names):
    tutor, row = open_long_names(size=NOTEBOOK)
    whole = row.locator(".matrix__words--who")

    row.get_by_role("link", name=LONG).focus()

    expect(whole).to_contain_text(f"Учреждение «{LONG}»")
    assert whole.bounding_box()["width"] > 200
    keys(tutor, "Escape")
    assert whole.bounding_box()["width"] <= 1


@pytest.mark.parametrize("how", [{"scripts": False}, {"size": PHONE}])
def test_long_names_stand_whole_where_nothing_can_unfold(open_long_names, how):
    _, row = open_long_names(**how)

    link = row.get_by_role("link", name=LONG)
    assert link.evaluate("it => it.scrollHeight <= it.clientHeight || !it.clientHeight")
    expect(row.locator(".matrix__words--who")).to_be_hidden()


def test_words_stand_in_the_cells_without_scripts(open_matrix):
    tutor = open_matrix(size=NOTEBOOK, scripts=False)

    shown = tutor.page.locator(".matrix__cell .matrix__words").first

    assert shown.bounding_box()["width"] > 40
    assert tutor.page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("scripts", [True, False])
def test_phone_shows_one_team_at_a_time(open_matrix, site, scripts):
    tutor = open_matrix(size=PHONE, scripts=scripts)
    with site.app_context():
        count = db.session.scalar(sa.select(sa.func.count(Team.id)))
    cards = tutor.page.locator(".matrix__row")

    tutor.page.get_by_role("link", name="Первая команда").click()
    expect(cards.nth(0)).to_be_in_viewport(ratio=0.3)
    tutor.page.get_by_role("link", name="Следующая команда").first.click()

    expect(cards.nth(1)).to_contain_text(f"2 из {count}")
    expect(cards.nth(1)).to_be_in_viewport(ratio=0.3)
    expect(cards.nth(0)).not_to_be_in_viewport(ratio=0.1)


def test_paper_is_a4_on_its_side(open_matrix):
    tutor = open_matrix(size=NOTEBOOK)

    paper = tutor.page.pdf(prefer_css_page_size=True)

    sizes = {tuple(map(int, size)) for size in SIZE_OF_PAGE.findall(paper)}
    assert sizes == {(841, 594)}
