"""People × lessons: readable in every way, on every screen; a captain reminds."""

import pytest
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import User
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.models import Submission
from tests.achievements import pass_quiz
from tests.browser import journey, team
from tests.browser.demo import PEOPLE, address, only
from tests.browser.keyboard import keys
from tests.browser.stage import DESKTOP, PHONE, Visitor
from tests.browser.test_pages import AXE_SCRIPT, WAYS, look
from tests.conftest import member_of, person

SIZES = [DESKTOP, {"width": 1024, "height": 700}, PHONE]
TOO_WIDE = "document.documentElement.scrollWidth - innerWidth"
MEMBER = "member@example.org"


@pytest.fixture
def crew(site):
    """A captain and a member who has reached 43 % in the self-check."""
    team.begin_work(site)
    with site.app_context():
        member = person("Орлов Олег Сергеевич", MEMBER)
        accept_consent(member, "1")
        captain = only(User, email=team.CAPTAIN)
        member_of(active_membership(captain).team, member)
        pass_quiz(member, only(Submission).module, 43)
        db.session.remove()


@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size["width"]))
def test_people_fit_every_screen(chromium, demo, size):
    tutor = Visitor(chromium, demo.config["LMS_URL"], size=size)
    tutor.sign_in(PEOPLE["tutor"]).page.goto("/progress/?by=people")

    expect(tutor.page.locator(".matrix__row").first).to_be_visible()
    assert tutor.page.evaluate(TOO_WIDE) <= 0
    tutor.close()


@pytest.mark.parametrize("way", WAYS)
def test_people_are_readable_in_every_way(chromium, demo, way):
    tutor = Visitor(chromium, demo.config["LMS_URL"])
    tutor.sign_in(PEOPLE["tutor"]).page.goto("/progress/?by=people")
    tutor.page.evaluate(AXE_SCRIPT)

    assert look(tutor.page, "people", way) == []
    tutor.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_percent_is_for_the_tutor_and_words_come_by_keys(crew, visit, scripts):
    tutor = visit(scripts=scripts).sign_in(team.TUTOR)
    tutor.page.goto("/progress/")
    tutor.follow("Люди")
    journey.says(tutor, "43 %")
    if scripts:
        tutor.page.locator(".matrix__team a").first.focus()
        keys(tutor, "ArrowRight")
        words = tutor.page.locator(".matrix__cell:focus .matrix__words")
        expect(words).to_have_text("работа: не отправлена · самопроверка: 43 %")


def test_arrows_walk_from_one_team_to_the_next(chromium, demo):
    tutor = Visitor(chromium, demo.config["LMS_URL"])
    tutor.sign_in(PEOPLE["tutor"])
    tutor.page.goto(f"{address(demo, 'progress.cohort')}?by=people")
    people = tutor.page.locator(".matrix__row .matrix__team > a")
    last = tutor.page.locator("tbody").first.locator(".matrix__team > a").last
    names = people.all_text_contents()
    last.focus()

    keys(tutor, "ArrowDown")

    after = names[names.index(last.text_content()) + 1]
    expect(tutor.page.locator(":focus")).to_have_text(after)
    tutor.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_captain_reminds_without_learning_the_percent(crew, visit, scripts):
    captain = visit(scripts=scripts, size=PHONE).sign_in(team.CAPTAIN)
    captain.page.goto("/teams/mine")
    journey.says(captain, "самопроверка: не пройдена")
    assert "43" not in captain.page.locator("main").inner_text()

    captain.press("Напомнить 1 человеку")

    journey.says(captain, "Напоминаем 1 человеку.")
    journey.says(captain, "Снова можно")
