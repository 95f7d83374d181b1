"""The pages of announcements: what may be typed, who sees what, «Прочитано»."""

from datetime import date, timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import Cohort, CohortState
from lms.overview.announcements.models import Announcement
from lms.overview.announcements.services import Words, announce
from lms.schools.teams.models import School, Team
from tests.conftest import count, member_of, person, save

NEW = "/announcements/new"
LATER = date.today() + timedelta(days=9)


@pytest.fixture
def typed(cohort):
    """What a tutor types."""
    return {
        "audience": f"cohort-{cohort.id}",
        "title": "Вебинар",
        "text": "В среду в 17:00.",
        "until": LATER.isoformat(),
    }


@pytest.fixture
def told(cohort, captain, member, tutor):
    words = Words("Вебинар", "В **среду**.", LATER)
    return announce(cohort, None, words, author=tutor)


def test_tutor_announces_and_is_told_until_when(typed, tutor, sign_in, captain):
    browser = sign_in(tutor)

    answer = browser.post(NEW, data=typed, follow_redirects=True)

    assert f"Объявлено, висит до {day(LATER)}." in answer.text
    assert "Открыли 0 из 1" in answer.text


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("title", " ", "Напишите заголовок."),
        ("text", " \n ", "Напишите, что объявляете."),
        ("text", "я" * 4001, "Не больше 4000 знаков"),
        ("until", "", "Укажите, до какого дня"),
        ("until", "31.02.2027", "Такого дня нет"),
        ("until", "2026-01-01", "Этот день уже прошёл"),
        ("audience", "cohort-999", "Для кого"),
        ("audience", "", "Для кого"),
    ],
)
def test_wrong_words_come_back_with_all_that_was_typed(
    typed, tutor, sign_in, field, value, refusal
):
    form = typed | {"by_mail": "y", field: value}

    page = sign_in(tutor).post(NEW, data=form)

    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert refusal in page.text.split('role="alert"')[1]
    assert 'checked id="by_mail"' in page.text
    assert count(Announcement) == 0


def test_team_of_a_strange_cohort_cannot_be_chosen(typed, tutor, sign_in):
    strange = Cohort(name="Весна", calendar="intensive", starts_on=today())
    school = School(name="Гимназия № 5", municipality="Искитим")
    team = save(Team(school=school, cohort=strange, name="Исток"))

    page = sign_in(tutor).post(NEW, data=typed | {"audience": f"team-{team.id}"})

    assert 'role="alert"' in page.text
    assert count(Announcement) == 0


def test_same_words_within_the_hour_are_asked_about_on_the_form(typed, tutor, sign_in):
    browser = sign_in(tutor)
    browser.post(NEW, data=typed)

    page = browser.post(NEW, data=typed)
    assert "Это уже объявили" in page.text
    assert "Всё равно объявить ещё раз" in page.text
    browser.post(NEW, data=typed | {"insists": "y"})

    assert count(Announcement) == 2


def test_form_names_how_many_people_a_letter_would_reach(
    tutor, sign_in, team, captain, member, other, cohort
):
    page = sign_in(tutor).get(f"{NEW}?audience=team-{team.id}").text

    assert f"{cohort.name}: все · 3\N{NO-BREAK SPACE}человека" in page
    assert "«Опора» · 2\N{NO-BREAK SPACE}человека" in page
    assert f'selected value="team-{team.id}"' in page


def test_tick_says_how_many_letters_go_out(typed, tutor, captain, member, sign_in):
    form = typed | {"by_mail": "y"}

    page = sign_in(tutor).post(NEW, data=form, follow_redirects=True).text

    assert "2\N{NO-BREAK SPACE}письма: почта не настроена" in page


def test_it_stands_on_start_pages_until_it_is_read(told, captain, tutor2, sign_in):
    for reader in (captain, tutor2):
        browser = sign_in(reader)
        assert "<strong>среду</strong>" in browser.get("/home/").text
        answer = browser.post(f"/announcements/{told.id}/read", data={"seen": "1"})
        assert answer.location == "/home/#content"
        assert "Вебинар" not in browser.get("/home/").text
        assert "Вебинар" in browser.get("/announcements/").text


def test_next_step_of_a_participant_stands_above_it(told, captain, sign_in):
    page = sign_in(captain).get("/home/").text

    assert page.index("<h1>") < page.index('class="buttons"') < page.index(told.title)


def test_correction_stands_again_and_says_so(told, captain, tutor, sign_in):
    browser = sign_in(captain)
    browser.post(f"/announcements/{told.id}/read", data={"seen": "1"})
    form = {"title": "Вебинар", "text": "В четверг.", "until": LATER.isoformat()}

    sign_in(tutor).post(f"/announcements/{told.id}/edit", data=form | {"seen": "1"})

    page = browser.get("/home/").text
    assert "В четверг." in page
    assert "исправлено" in page


def test_late_page_of_a_colleague_changes_nothing(told, tutor, tutor2, sign_in):
    url = f"/announcements/{told.id}/edit"
    form = {"title": "Вебинар", "until": LATER.isoformat(), "seen": "1"}
    sign_in(tutor).post(url, data=form | {"text": "В четверг."})

    page = sign_in(tutor2).post(url, data=form | {"text": "В пятницу.", "by_mail": "y"})

    assert "исправил или снял" in page.text
    assert "В пятницу." in page.text
    assert 'checked id="by_mail"' in page.text


def test_withdrawn_has_no_page_any_more(told, captain, tutor, sign_in):
    sign_in(tutor).post(f"/announcements/{told.id}/withdraw")

    for reader in (captain, tutor):
        browser = sign_in(reader)
        assert browser.get(f"/announcements/{told.id}/").status_code == 404
        assert "Вебинар" not in browser.get("/announcements/").text
        assert "Вебинар" not in browser.get("/home/").text


def test_participants_see_no_numbers_and_no_other_teams(
    told, cohort, other_team, captain, tutor, sign_in
):
    announce(cohort, other_team, Words("Мосту", "Да.", LATER), author=tutor)
    browser = sign_in(captain)

    page = browser.get("/announcements/").text

    assert "Мосту" not in page
    assert "Открыли" not in page + browser.get(f"/announcements/{told.id}/").text


def test_only_three_stand_on_a_start_page(cohort, captain, tutor, sign_in):
    for number in range(4):
        announce(cohort, None, Words(f"№{number}", "Да.", LATER), author=tutor)

    page = sign_in(captain).get("/home/").text

    assert page.count("announcement__title") == 3
    assert "Все объявления" in page


def test_lists_and_start_pages_cost_the_same_for_any_number(
    told, cohort, team, captain, tutor, sign_in, count_statements
):
    browsers = {captain: "/home/", tutor: "/announcements/"}
    browsers = {sign_in(who): url for who, url in browsers.items()}

    def cost():
        with count_statements() as statements:
            for browser, url in browsers.items():
                assert browser.get(url).status_code == 200
        return len(statements)

    cost()
    before = cost()
    for number in range(5):
        announce(cohort, team, Words(f"Ещё {number}", "Да.", LATER), author=tutor)
        member_of(team, person(f"Имя {number}", f"{number}@example.org"))

    assert cost() == before


def test_cohort_that_ended_is_offered_to_nobody(typed, cohort, tutor, sign_in):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert "Сейчас у вас нет ни одного потока" in sign_in(tutor).get(NEW).text
