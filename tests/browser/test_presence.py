"""Two people at one draft see each other, and each other's texts."""

import pytest
from playwright.sync_api import expect

from lms.core.extensions import db
from lms.identity.accounts.consents import accept_consent
from lms.work.submissions.models import Submission
from tests.browser import journey, team
from tests.conftest import member_of, person

OLEG = "member@example.org"


@pytest.fixture
def writers(visit, site):
    """The captain and a teacher of the team, each with the work open."""
    work_id = team.begin_work(site)
    with site.app_context():
        work = db.session.get_one(Submission, work_id)
        oleg = person("Орлов Олег Сергеевич", OLEG)
        accept_consent(oleg, "1")
        member_of(work.team, oleg)
    visitors = [visit().sign_in(team.CAPTAIN), visit().sign_in(OLEG)]
    for visitor in visitors:
        visitor.page.goto(f"/drafts/{work_id}/")
    return visitors


def field(writer, label=journey.FIELD):
    return journey.answer_field(writer, label).get_by_role("textbox")


def test_each_sees_where_the_other_is(writers):
    anna, oleg = writers
    field(anna).focus()
    field(oleg, journey.PAIRS).focus()

    here = journey.answer_field(oleg).get_by_text("Сейчас здесь Анна Седова")
    expect(here).to_be_visible()
    field(anna, journey.PAIRS).focus()
    expect(here).to_be_hidden()
    news = oleg.page.locator("[data-presence-news]")
    expect(news).to_have_text("Анна Седова: тоже в этом поле.")


def test_text_of_the_other_comes_by_itself(writers):
    anna, oleg = writers
    field(oleg, journey.PAIRS).focus()

    journey.write(anna, "Пятеро хотят шить.")
    field(anna, journey.PAIRS).focus()

    expect(field(oleg)).to_have_value("Пятеро хотят шить.")
    journey.write(oleg, "Пятеро хотят шить и паять.")
    expect(field(anna)).to_have_value("Пятеро хотят шить и паять.")


def test_text_under_the_cursor_waits(writers):
    anna, oleg = writers
    field(oleg).focus()
    journey.write(anna, "Пятеро хотят шить.")

    journey.says(oleg, "Анна Седова: поле изменено")
    expect(field(oleg)).to_have_value("")
    oleg.press("Показать новый текст")

    expect(field(oleg)).to_have_value("Пятеро хотят шить.")
