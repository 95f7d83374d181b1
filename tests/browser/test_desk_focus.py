"""Where the focus and the eyes are while a tutor judges with keys only."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.demo.story import backdate
from lms.identity.accounts.models import User
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt, Submission
from tests.browser import journey, team
from tests.browser.demo import only
from tests.browser.keyboard import keys
from tests.browser.stage import DESKTOP
from tests.works import crowd

LAPTOP = {"width": 1366, "height": 650}
# Whatever has moved has been heard of by then.
NEXT_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
LONG = "Содружество неравнодушных родителей, учителей, выпускников и партнёров школы"


@pytest.fixture
def open_desk(visit, site):
    """Return a function that takes a work of a team with long names."""
    team.send_work(site)
    with site.app_context():
        work, captain = only(Submission), only(User, email=team.CAPTAIN)
        crowd(only(Module), work.cohort, captain, 2)
        one = db.session.get_one(Team, work.team_id)
        one.name, one.school.name = LONG, f"Учреждение «{LONG}»"
        db.session.commit()
        hour_ago = utcnow() - timedelta(hours=1)
        backdate(Attempt, "submission_id", work.id, sent_at=hour_ago)
        backdate(Submission, "id", work.id, sent_at=hour_ago)

    def open_it(size=LAPTOP, **kwargs):
        tutor = visit(size=size, **kwargs).sign_in(team.TUTOR)
        tutor.page.goto("/reviews/1/")
        tutor.press("Взять на проверку")
        journey.says(tutor, "у вас на проверке до")
        return tutor

    return open_it


def bottom(page, what):
    box = page.locator(what).bounding_box()
    return box["y"] + box["height"]


@pytest.mark.parametrize("size", [LAPTOP, DESKTOP])
def test_bar_of_long_names_covers_neither_strip_nor_verdicts(open_desk, size):
    page = open_desk(size).page

    assert bottom(page, ".judgement__buttons") <= size["height"]
    page.evaluate("scrollTo(0, 400)")
    strip = page.locator(".strip").bounding_box()
    assert bottom(page, ".desk__bar") <= strip["y"]
    expect(page.locator(".desk__whole")).to_contain_text(LONG)


@pytest.mark.parametrize("scripts", [True, False])
def test_first_tab_at_a_desk_leads_past_the_menu(open_desk, scripts):
    tutor = open_desk(scripts=scripts)

    keys(tutor, "Tab")

    expect(tutor.page.locator(".desk__bar :focus")).to_have_count(1)
    expect(tutor.page.locator(".header")).to_be_in_viewport(ratio=1)


def test_key_undoes_the_verdict_from_the_work_that_came_next(open_desk, site):
    site.config["LMS_UNDO_SECONDS"] = 60
    tutor = open_desk()
    keys(tutor, "3", "c", "2", "s")
    tutor.page.keyboard.type("Зачтено.")
    keys(tutor, "Control+Enter", "Enter")
    tutor.page.wait_for_url(lambda url: "/reviews/1/" not in url)
    expect(tutor.page.locator("#keys dt", has_text="Z")).to_be_attached()

    keys(tutor, "z")

    tutor.page.wait_for_url("**/reviews/1/**")
    expect(tutor.page.locator("#summary")).to_have_value("Зачтено.")
    expect(tutor.page.get_by_role("button", name="Вернуть в поле")).to_have_count(0)


def test_bar_is_two_lines_high_beside_long_facts(open_desk):
    page = open_desk({"width": 1024, "height": 400}).page
    facts = page.locator(".desk__facts")
    facts.evaluate("(it) => it.append(' · срок прошёл 160 дней назад')")

    page.evaluate("scrollTo(0, 400)")

    title = page.locator(".judgement__title").first.bounding_box()
    assert bottom(page, ".desk__bar") <= title["y"]


def test_esc_closes_the_ready_remarks_and_leads_back_to_the_level(open_desk):
    tutor = open_desk()
    keys(tutor, "3", "r")
    expect(tutor.page.locator("[data-bank] button:focus")).to_have_count(1)

    keys(tutor, "Escape")

    expect(tutor.page.locator("#level-svyaz-3")).to_be_focused()
    expect(tutor.page.locator("[data-bank][open]")).to_have_count(0)


def test_remark_goes_to_the_criterion_that_the_strip_points_to(open_desk):
    tutor = open_desk(DESKTOP)
    keys(tutor, "c", "c", "2", "a", "w")

    keys(tutor, "e")

    expect(tutor.page.locator("#remark-pary")).to_be_focused()


def test_level_is_in_sight_after_a_remark_higher_than_the_form(open_desk):
    tutor = open_desk()
    keys(tutor, "e")
    for _ in range(24):
        tutor.page.keyboard.type("строка")
        tutor.page.keyboard.press("Enter")

    keys(tutor, "Escape")

    strip = bottom(tutor.page, ".judgement__head")
    level = tutor.page.locator("[for=level-svyaz-0]").bounding_box()
    assert level["y"] >= strip


def test_tab_opens_at_its_beginning_and_again_where_it_was_read(open_desk):
    page = open_desk({"width": 1366, "height": 400}).page
    page.evaluate("scrollTo(0, 200)")
    page.evaluate(NEXT_FRAME)
    before = page.evaluate("scrollY")

    page.keyboard.press("a")

    panel = page.locator("[data-panel=tab-task]")
    expect(panel).to_be_focused()
    assert panel.bounding_box()["y"] >= bottom(page, ".desk__bar")
    page.keyboard.press("w")
    assert page.evaluate("scrollY") == before


def test_mistake_leads_to_the_level_that_is_wanted(open_desk):
    tutor = open_desk(DESKTOP)
    keys(tutor, "s")
    tutor.page.keyboard.type("Зачтено.")
    keys(tutor, "Control+Enter", "Enter")
    journey.says(tutor, "Решение пока не отправлено")

    keys(tutor, "Tab", "Tab", "Enter")

    expect(tutor.page.locator("#level-pary-0")).to_be_focused()
    tutor.errors.clear()  # a refusal is no success


def test_refused_verdict_leaves_nothing_to_put_back(open_desk):
    tutor = open_desk()
    keys(tutor, "3", "s")
    tutor.page.keyboard.type("Зачтено.")

    keys(tutor, "Control+Enter", "Enter")

    journey.says(tutor, "Решение пока не отправлено")
    expect(tutor.page.locator("#summary")).to_have_value("Зачтено.")
    expect(tutor.page.get_by_role("button", name="Вернуть в поле")).to_have_count(0)
    tutor.errors.clear()  # a refusal is no success


@pytest.mark.parametrize("scripts", [True, False])
def test_open_criterion_leads_to_the_next_one_and_the_last_to_the_summary(
    open_desk, scripts
):
    page = open_desk(scripts=scripts).page
    shown = page.locator(".mark--criterion").locator("visible=true")
    ways = page.locator(".mark__next a")

    for number in range(1, ways.count()):
        expect(shown).to_have_count(1)
        shown.locator(".mark__next a").press("Enter")
        expect(shown.locator("legend")).to_contain_text(f"{number + 1}. ")
    shown.locator(".mark__next a").press("Enter")

    expect(page).to_have_url(re.compile("#summary$"))
    expect(page.locator("#summary")).to_be_focused()
