"""The pages of the diagnostics: answering with and without scripts, and the results."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.services import close_cohort
from lms.identity.accounts.models import Role
from lms.monitoring.diagnostics.editions import items_of
from lms.monitoring.diagnostics.models import Moment, Sitting
from tests.conftest import person
from tests.measuring import answer_both, come_to, crew, sit

BY_SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def browser(measured, member, sign_in):
    """A member who may sit the entry."""
    return sign_in(member)


@pytest.fixture
def begun(browser, measured):
    """The address of the form, and its questions."""
    answer = browser.post(f"/diagnostics/{measured.id}/entry/begin")
    return answer.location, items_of(db.session.scalars(sa.select(Sitting)).one())


def typed(items, value="1"):
    """Every question answered alike."""
    return {f"question-{item.key}": value for item in items}


def test_page_offers_the_entry_and_says_what_it_is_not(browser):
    page = browser.get("/diagnostics/").text

    assert "Отметки здесь нет, на сертификат ответы не влияют" in page
    assert "Входная диагностика" in page
    assert "Начать" in page


def test_start_page_names_the_entry_while_it_is_open(browser, measured):
    assert "Входная диагностика до" in browser.get("/home/").text

    come_to(measured, Moment.EXIT)
    assert "диагностика" not in browser.get("/home/").text


def test_script_saves_what_is_marked(browser, begun):
    address, items = begun

    answer = browser.post(f"{address}/save", data=typed(items[:1]), headers=BY_SCRIPT)

    assert answer.json == {"version": 1}
    assert browser.get(address).text.count(" checked") == 1


def test_button_saves_what_is_marked_without_scripts(browser, begun):
    address, items = begun

    browser.post(f"{address}/save", data=typed(items[:2], "-"))

    assert browser.get(address).text.count(" checked") == 2
    assert "Продолжить" in browser.get("/diagnostics/").text


def test_unanswered_questions_are_named_and_the_rest_is_kept(browser, begun):
    address, items = begun

    answer = browser.post(f"{address}/finish", data=typed(items[1:]))

    assert answer.status_code == 422
    assert f'<a href="#question-{items[0].key}">' in answer.text
    assert answer.text.count(" checked") == 3


def test_option_that_is_not_there_is_no_answer(browser, begun):
    address, items = begun

    for wrong in ("3", "-1", "два", "9" * 30):
        browser.post(f"{address}/finish", data=typed(items, wrong))

    assert " checked" not in browser.get(address).text


def test_right_answers_are_not_shown_before_the_cohort_ends(
    browser, begun, measured, admin
):
    address, items = begun
    browser.post(f"{address}/finish", data=typed(items), follow_redirects=True)
    before = browser.get(address).text + browser.get("/diagnostics/").text

    close_cohort(measured, actor=admin)

    assert "Потому." not in before
    assert "100\xa0%" not in before
    assert browser.get(address).text.count("Потому.") == 4
    assert "вход — 100" in browser.get("/diagnostics/").text


def test_nobody_else_sees_a_sitting(begun, sign_in, captain, admin, tutor):
    address, _ = begun

    people = [sign_in(one).get(address).status_code for one in (captain, admin, tutor)]

    assert people == [404, 404, 404]


@pytest.fixture
def grown(measured, team, other_team, territory, admin):
    """Six people of one school and five of another have sat both."""
    results = dict.fromkeys(crew(team, 6), (1, 3)) | dict.fromkeys(
        crew(other_team, 5), (2, 2)
    )
    answer_both(measured, results, admin=admin)
    return measured


def test_coordinator_reads_the_own_schools_alone(grown, coordinator, sign_in):
    page = sign_in(coordinator).get(f"/diagnostics/{grown.id}/").text

    assert "Школа № 12" in page
    assert "Лицей № 3" not in page
    assert "Весь поток" not in page
    assert "рост +50\xa0пунктов" in page


def test_who_reads_figures_is_led_to_them(grown, coordinator, captain, sign_in):
    link = f'<a href="/diagnostics/{grown.id}/">{grown.name}</a>'

    led, answering = (
        sign_in(one).get("/diagnostics/").text for one in (coordinator, captain)
    )

    assert link in led
    assert "Сейчас диагностики нет" not in led
    assert link not in answering


def test_coordinator_elsewhere_finds_no_page(grown, sign_in, app):
    stranger = person("Крот Пётр Ильич", "krot@example.org", Role.COORDINATOR)

    assert sign_in(stranger).get(f"/diagnostics/{grown.id}/").status_code == 404


def test_lead_tutor_reads_the_whole_and_other_tutors_nothing(
    grown, tutor, tutor2, sign_in
):
    grown.lead = tutor
    db.session.commit()
    address = f"/diagnostics/{grown.id}/"

    page = sign_in(tutor).get(address).text

    assert "Весь поток: в среднем рост +27\xa0пунктов" in page
    assert "Что выросло меньше всего" in page
    assert "— −" not in page
    assert sign_in(tutor2).get(address).status_code == 404


def test_page_of_figures_tells_the_day_of_its_places(grown, admin, sign_in):
    page = sign_in(admin).get(f"/diagnostics/{grown.id}/").text

    assert "переезд после этого дня итогов не меняет" in page


def test_page_of_figures_names_no_person(grown, admin, sign_in):
    page = sign_in(admin).get(f"/diagnostics/{grown.id}/").text

    assert not [name for name in ("Опора 0", "Мост 0") if name in page]


def test_cohort_where_nobody_began_says_so(measured, admin, sign_in):
    address = f"/diagnostics/{measured.id}"

    assert "никто не начинал" in sign_in(admin).get(f"{address}/").text
    assert sign_in(admin).get(f"{address}.xlsx").status_code == 404


def test_sitting_of_a_person_who_left_the_team_is_kept_and_closed(
    measured, member, sign_in, team
):
    sitting = sit(member, Moment.ENTRY, 1, finish=False)
    browser = sign_in(member)
    team.memberships[0].left_at = sitting.started_at
    db.session.commit()

    answer = browser.post(f"/diagnostics/sittings/{sitting.id}/save", headers=BY_SCRIPT)

    assert answer.status_code == 409
    assert "закрылась раньше" in browser.get(f"/diagnostics/sittings/{sitting.id}").text


def test_coordinator_of_a_school_where_nobody_is_reads_nothing(
    measured, member, other_team, other_coordinator, sign_in
):
    sit(member, Moment.ENTRY, 1)

    page = sign_in(other_coordinator).get(f"/diagnostics/{measured.id}/")

    assert (page.status_code, "никто не начинал" in page.text) == (200, True)
