"""Pages of cohorts."""

import re
from datetime import timedelta
from html import unescape

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.modules.models import Module
from lms.identity.accounts.models import Role
from tests import sample_course
from tests.conftest import person, save
from tests.works import accept, crowd, send


@pytest.fixture
def the_course(module):
    """The course with its calendars; one of its modules is on the site."""
    sample_course.store_course()


@pytest.fixture
def planned(cohort, module):
    """The cohort before its opening."""
    cohort.state, cohort.rule, cohort.opened_at = CohortState.PLANNED, None, None
    return save(cohort)


@pytest.fixture
def row(cohort, module):
    return db.session.get_one(CalendarRow, (cohort.id, module.id))


def answers(**changes):
    """The form of a new cohort filled in correctly, apart from `changes`."""
    form = {"name": "Осень 2027", "calendar": "two_years", "starts_on": "2027-09-01"}
    return form | changes


def test_admin_sees_the_days_before_creating(sign_in, admin, the_course):
    page = sign_in(admin).get("/cohorts/new/dates", query_string=answers()).text

    assert "4. Наставничество. Практики" in page
    assert "31\N{NO-BREAK SPACE}октября" in page
    assert "Занятия «komanda» из календаря курса на сайте ещё нет" in page
    assert db.session.scalar(sa.select(sa.func.count(Cohort.id))) == 1


def test_admin_creates_a_cohort(sign_in, admin, the_course):
    response = sign_in(admin).post(
        "/cohorts/new", data=answers(), follow_redirects=True
    )

    assert "Поток «Осень 2027» создан" in response.text
    assert "Назначить тьюторов" in response.text


@pytest.fixture
def summer_course(module):
    sample_course.store_course(holidays=["1 июля – 31 августа"])


def test_days_in_holidays_are_marked_before_creating(sign_in, admin, summer_course):
    form = answers(starts_on="2027-07-01")

    page = sign_in(admin).get("/cohorts/new/dates", query_string=form).text

    assert '<span class="badge badge--sun">на каникулы</span>' in page
    assert "past_holidays=y" in page


def test_days_are_moved_out_of_holidays_with_one_press(sign_in, admin, summer_course):
    browser, form = sign_in(admin), answers(starts_on="2027-07-01", past_holidays="y")
    page = browser.get("/cohorts/new/dates", query_string=form).text
    assert "Дни перенесены с каникул" in page
    assert 'name="past_holidays" value="y"' in page

    browser.post("/cohorts/new", data=form)

    cohort = db.session.scalars(sa.select(Cohort).filter_by(name="Осень 2027")).one()
    assert cohort.dates[0].opens_on.isoformat() == "2027-09-01"


def test_intensive_passes_over_holidays_by_itself(sign_in, admin, summer_course):
    form = answers(starts_on="2027-07-05", calendar="intensive")

    page = sign_in(admin).get("/cohorts/new/dates", query_string=form).text

    assert "Каникулы пропущены" in page
    assert "1\N{NO-BREAK SPACE}сентября" in page


def test_first_day_that_brings_days_into_holidays_says_so(
    sign_in, admin, planned, row, summer_course
):
    row.opens_on, row.due_on = planned.starts_on, None
    save(planned)
    form = {"name": "Поток", "starts_on": "2030-07-01", "return_days": "10"}
    form |= {"second_share": "0", "second_threshold": "3"}

    page = sign_in(admin).post(
        f"/cohorts/{planned.id}/edit", data=form, follow_redirects=True
    )

    assert "попала на каникулы" in page.text


def test_going_back_from_the_days_keeps_what_was_typed(sign_in, admin, the_course):
    browser, form = sign_in(admin), answers(calendar="intensive")
    preview = browser.get("/cohorts/new/dates", query_string=form).text

    page = browser.get("/cohorts/new", query_string=form).text

    assert "calendar=intensive" in preview
    assert 'value="Осень 2027"' in page
    assert 'checked id="calendar-1"' in page


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", " ", "Назовите поток"),
        ("starts_on", "", "Укажите первый день"),
        ("starts_on", "31.02.2027", "Такого дня нет"),
    ],
)
def test_what_a_new_cohort_needs(sign_in, admin, the_course, field, typed, message):
    form = answers(**{field: typed})

    page = sign_in(admin).get("/cohorts/new/dates", query_string=form).text

    assert message in page


def test_day_may_be_typed_as_people_write_it(sign_in, admin, the_course):
    form = answers(starts_on="01.09.2027")

    page = sign_in(admin).get("/cohorts/new/dates", query_string=form).text

    assert 'value="2027-09-01"' in page


def test_typed_cohort_stays_when_the_name_is_taken(sign_in, admin, the_course, cohort):
    page = sign_in(admin).post("/cohorts/new", data=answers(name=cohort.name)).text

    assert "уже есть" in page
    assert f'value="{cohort.name}"' in page
    assert 'value="2027-09-01"' in page


def test_site_without_a_course_says_what_comes_first(sign_in, admin):
    assert "Сначала нужен курс" in sign_in(admin).get("/cohorts/new").text


def test_first_day_of_a_planned_cohort_moves(sign_in, admin, planned, row):
    before, later = row.opens_on, planned.starts_on + timedelta(days=7)
    form = {"name": "Новое имя", "starts_on": later, "return_days": "10"}
    form |= {"second_share": "20", "second_threshold": "3"}

    sign_in(admin).post(f"/cohorts/{planned.id}/edit", data=form)

    assert (planned.name, planned.return_days) == ("Новое имя", 10)
    assert (planned.second_share, planned.second_threshold) == (20, 3)
    assert row.opens_on == before + timedelta(days=7)


def test_first_day_of_an_open_cohort_is_not_asked(sign_in, admin, cohort):
    page = sign_in(admin).get(f"/cohorts/{cohort.id}/edit").text

    assert 'name="starts_on"' not in page


def test_first_tutor_is_invited_from_the_cohort(sign_in, admin, cohort):
    page = sign_in(admin).get(f"/cohorts/{cohort.id}/tutors").text

    assert f'href="/people/new?cohort={cohort.id}">Пригласить тьютора' in page


def test_admin_chooses_tutors(sign_in, admin, cohort, tutor, other_tutor):
    form = {"tutors": [str(other_tutor.id)]}

    sign_in(admin).post(f"/cohorts/{cohort.id}/tutors", data=form)

    assert cohort.tutors == [other_tutor]


def test_page_of_tutors_remembers_what_it_showed(sign_in, admin, cohort, tutor, tutor2):
    browser, url = sign_in(admin), f"/cohorts/{cohort.id}/tutors"
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(url).text)[1]
    cohort.lead = tutor2
    db.session.commit()

    form = {"tutors": [tutor.id, tutor2.id], "lead": "0", "seen": unescape(seen)}
    browser.post(url, data=form)

    assert cohort.lead == tutor2


@pytest.mark.parametrize("spoilt", ["", "{", "[1]", '{"tutors": [1], "lead": null}'])
def test_spoilt_memory_of_a_page_is_no_memory(sign_in, admin, cohort, tutor, spoilt):
    form = {"tutors": [tutor.id], "lead": tutor.id, "seen": spoilt}

    sign_in(admin).post(f"/cohorts/{cohort.id}/tutors", data=form)

    assert (cohort.tutors, cohort.lead) == ([tutor], tutor)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "1999-12-31"])
def test_year_of_a_slip_is_refused(sign_in, admin, the_course, day):
    dates = f"/cohorts/new/dates?name=A&calendar=two_years&starts_on={day}"

    page = sign_in(admin).get(dates).text

    assert "Год — от 2000 до 2100." in page


def test_admin_chooses_who_leads(sign_in, admin, cohort, tutor, other_tutor):
    form = {"tutors": [str(tutor.id), str(other_tutor.id)], "lead": str(tutor.id)}

    sign_in(admin).post(f"/cohorts/{cohort.id}/tutors", data=form)

    assert cohort.lead == tutor


def test_tutors_of_other_cohorts_are_folded_where_they_are_many(
    sign_in, admin, cohort, tutor
):
    for number in range(13):
        person(f"Тьютор {number}", f"t{number}@example.org", Role.TUTOR)

    page = sign_in(admin).get(f"/cohorts/{cohort.id}/tutors").text

    shown, _, folded = page.partition("Кого ещё можно назначить: ")
    assert tutor.full_name in shown
    assert shown.count('name="tutors"') == 1
    assert folded.partition("</details>")[0].count('name="tutors"') == 13


def test_lead_is_one_of_the_tutors(sign_in, admin, cohort, tutor, other_tutor):
    form = {"tutors": [str(tutor.id)], "lead": str(other_tutor.id)}

    page = sign_in(admin).post(f"/cohorts/{cohort.id}/tutors", data=form).text

    assert "отметьте и его" in page
    assert cohort.lead is None


def test_admin_hears_which_teams_lost_their_tutor(sign_in, admin, cohort, team, tutor):
    team.tutor = tutor
    save(team)

    nobody = {"csrf_token": ""}  # a browser sends no more when no box is ticked
    url = f"/cohorts/{cohort.id}/tutors"
    page = sign_in(admin).post(url, data=nobody, follow_redirects=True).text

    assert "Без своего тьютора остались команды: «Опора»" in page


def test_only_tutors_can_be_chosen(sign_in, admin, cohort, member):
    form = {"tutors": [str(member.id)]}

    sign_in(admin).post(f"/cohorts/{cohort.id}/tutors", data=form)

    assert cohort.tutors == []


def test_rule_is_read_in_words_before_the_opening(sign_in, admin, planned, the_course):
    save(Module(slug="komanda", position=8))
    save(
        CalendarRow(
            cohort=planned,
            module=db.session.scalars(
                sa.select(Module).filter_by(slug="komanda")
            ).one(),
            position=8,
            opens_on=planned.starts_on,
        )
    )

    page = sign_in(admin).get(f"/cohorts/{planned.id}/open").text

    for words in ("по 1\N{NO-BREAK SPACE}занятию", "работа команды и самопроверка"):
        assert words in page
    for words in ("от 70", "36\N{NO-BREAK SPACE}часов", "ещё не написан"):
        assert words in page


def test_admin_opens_a_cohort(sign_in, admin, planned, the_course):
    browser, url = sign_in(admin), f"/cohorts/{planned.id}/open"
    page = browser.get(url).text
    seen = page.partition('name="seen" type="hidden" value="')[2].partition('"')[0]

    response = browser.post(url, data={"seen": seen}, follow_redirects=True)

    assert "правило завершения закреплено" in response.text
    assert planned.is_open


def test_rule_that_was_not_read_is_not_frozen(sign_in, admin, planned, the_course):
    page = sign_in(admin).post(f"/cohorts/{planned.id}/open", data={"seen": "-"}).text

    assert "стало другим" in page
    assert planned.rule is None


def test_rule_of_an_open_cohort_is_only_read(sign_in, admin, cohort, module):
    page = sign_in(admin).get(f"/cohorts/{cohort.id}/open").text

    assert "больше не меняется" in page
    assert "Открыть поток" not in page


def test_cohort_ends_and_goes_on(sign_in, admin, cohort):
    browser, url = sign_in(admin), f"/cohorts/{cohort.id}"

    assert "Решения ждут" not in browser.get(f"{url}/end").text
    page = browser.post(f"{url}/close", follow_redirects=True).text
    assert "Поток завершён" in page
    assert "Добавить команду" not in page

    assert "снова идёт" in browser.post(f"{url}/reopen", follow_redirects=True).text


def test_end_of_a_cohort_names_the_works_that_wait(
    sign_in, admin, module, captain, team, cohort
):
    send(module, captain, team)
    browser, url = sign_in(admin), f"/cohorts/{cohort.id}"

    page = browser.post(f"{url}/close", follow_redirects=True).text
    assert "Решения ждут 1\N{NO-BREAK SPACE}работа" in page
    assert "«Опора», Школа № 12, Новосибирск" in page
    assert db.session.get_one(Cohort, cohort.id).is_open

    browser.post(f"{url}/close", data={"waiting": "1"})
    assert db.session.get_one(Cohort, cohort.id).is_closed


def test_tutor_reads_and_changes_nothing(sign_in, tutor, cohort, team):
    page = sign_in(tutor).get(f"/cohorts/{cohort.id}/").text

    assert "Опора" in page
    assert "Сделать приглашение" in page
    assert "Изменить даты" not in page
    assert "Завершить поток" not in page


@pytest.fixture
def shown_number():
    """Return a function that reads a number of the summary by its words."""

    def read(page, words):
        found = re.search(rf'counts__number">([^<]*)</b> {words}', page)
        return found and found[1]

    return read


def test_summary_says_what_the_pages_say(
    sign_in, tutor, cohort, module, captain, team, shown_number
):
    accept(send(module, captain, team), tutor)
    crowd(module, cohort, captain, 3)
    browser = sign_in(tutor)

    page = browser.get(f"/cohorts/{cohort.id}/").text

    assert shown_number(page, "команды") == "4"
    assert shown_number(page, "ждут проверки") == "3"
    assert shown_number(page, "зачтено по календарю") == "1 из 0"
    assert shown_number(page, "ближайший срок, занятие 4") == day(cohort.rows[0].due_on)
    queue = browser.get(f"/reviews/?cohort={cohort.id}").text
    assert set(re.findall(r"Школа \d\b", queue)) == {"Школа 0", "Школа 1", "Школа 2"}


def test_planned_cohort_shows_no_progress(sign_in, admin, planned, shown_number):
    page = sign_in(admin).get(f"/cohorts/{planned.id}/").text

    assert shown_number(page, "ждут проверки") is None
    assert "Как идёт курс" not in page


def test_lessons_behind_are_folded_away(sign_in, tutor, cohort, row):
    row.due_on = today() - timedelta(days=1)
    save(row)

    page = sign_in(tutor).get(f"/cohorts/{cohort.id}/").text

    assert "Срок прошёл: 1\xa0занятие" in page


@pytest.mark.parametrize("page", ["calendar", "open", ""])
def test_pages_cost_the_same_however_many_modules(
    sign_in, admin, cohort, module, count_statements, page
):
    browser, counts = sign_in(admin), []
    for position in (6, 7):
        new = save(Module(slug=f"modul-{position}", position=position))
        days = {"position": position, "opens_on": cohort.starts_on}
        save(CalendarRow(cohort=cohort, module=new, **days))
        with count_statements() as statements:
            assert browser.get(f"/cohorts/{cohort.id}/{page}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]
