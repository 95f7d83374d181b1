"""The front page and the start pages."""

from datetime import timedelta

import pytest

from lms.core.assets import assets
from lms.core.extensions import db
from lms.core.language import day, today
from lms.course.cohorts.models import CalendarRow, Cohort, CohortState
from lms.course.modules.models import Module
from lms.course.modules.services import mark_read, publish
from lms.identity.accounts.models import Role
from lms.overview.home.programme import halves_of
from lms.overview.progress.stuck import recount_all
from lms.schools.teams.models import Team
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.models import Status
from lms.work.submissions.services import start_submission
from tests.conftest import member_of, person, save
from tests.sample_course import import_module, store_course


@pytest.fixture
def work(module, team, captain):
    """The draft of «Опора»."""
    return start_submission(module, user=captain, team=team)


def test_visitor_sees_the_front_page_of_an_empty_site(guest):
    page = guest.get("/").text

    assert "Программа появится" in page


@pytest.fixture
def course(app):
    """A course whose text has a section «Для кого»."""
    store_course(html="<h2>Для кого</h2><p>Для команды.</p><h2>Сколько</h2>")


def test_visitor_first_learns_how_to_join_then_the_programme(guest, course):
    page = guest.get("/").text

    order = ("Как присоединиться</h2>", "Кто проводит", "Для кого", "Программа</h2>")
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_front_page_asks_nobody_to_sign_in_twice(guest, sign_in, member, course):
    address = 'href="/accounts/sign-in"'

    assert address in guest.get("/").text.partition("<main")[2]
    browser = sign_in(member)
    assert address not in browser.get("/").text
    assert 'aria-current="true"' not in browser.get("/").text
    assert 'aria-current="true"' in browser.get("/home/").text


def test_link_to_the_front_page_has_a_card(guest, course):
    page = guest.get("/").text

    assert 'property="og:title"' in page
    assert 'property="og:url" content="http://127.0.0.1:8000/"' in page


def test_front_page_shows_pictures_that_were_drawn(guest, course):
    drawn = "pictures/certificate.png" in assets()

    page = guest.get("/").text

    assert ("pictures/certificate.png" in page) is drawn
    assert page.count('loading="lazy"') == 2 * drawn


def test_search_engines_find_only_what_visitors_read(guest, course):
    revision = import_module("01-modul-1")
    publish(revision, actor=None)

    rules = guest.get("/robots.txt").text.splitlines()

    assert "Disallow: /" in rules
    assert "Allow: /modules/modul-1/" in rules


def test_text_without_for_whom_stands_before_the_programme():
    assert halves_of("<p>О курсе</p>") == ("<p>О курсе</p>", "")


def test_programme_stands_behind_for_whom():
    before, after = halves_of('<p>А</p><h2 id="d">Для кого</h2><p>Б</p><h2>В</h2>')

    assert before.endswith("<p>Б</p>")
    assert after == "<h2>В</h2>"


def test_person_without_a_team_learns_what_to_do(sign_in, app):
    page = sign_in(person("Новый Человек", "new@example.org")).get("/home/").text

    assert "Вы пока не в команде" in page


def test_member_sees_the_next_step(sign_in, member, work):
    mark_read(work.module, user=member, is_read=True)

    page = sign_in(member).get("/home/").text

    assert "Путь начинается" in page
    assert "дописать" in page
    assert f"/submissions/{work.id}/" in page


def test_accepted_work_joins_its_point(sign_in, member, work):
    work.status = Status.ACCEPTED
    db.session.commit()

    page = sign_in(member).get("/home/").text

    assert "Собрано одно из девяти" in page


def test_module_that_opens_later_is_announced(sign_in, member, module, cohort):
    cohort.rows[0].opens_on = today().replace(year=2999)
    cohort.rows[0].due_on = None
    db.session.commit()

    page = sign_in(member).get("/home/").text

    assert f"откроется «{module.current_revision.short_title}»" in page
    assert "Курс начнётся" in page


def test_member_between_two_lessons_has_nothing_to_do(sign_in, member, work):
    mark_read(work.module, user=member, is_read=True)
    work.status = Status.ACCEPTED
    db.session.commit()

    assert "Сейчас от вас ничего не ждут" in sign_in(member).get("/home/").text


def test_tutor_sees_what_waits_and_how_long(sign_in, tutor, captain, work):
    save_field(work, "zaprosy", "Пятеро хотят шить", base_version=0, author=captain)
    send_attempt(work, author=captain)

    page = sign_in(tutor).get("/home/").text

    assert "Очередь пуста" not in page
    assert "Взять следующую" in page
    assert "ждёт меньше часа" in page


def test_admin_sees_cohorts_and_what_needs_attention(sign_in, admin, team, member):
    recount_all()

    page = sign_in(admin).get("/home/").text

    assert "1 команда застряла в потоке".replace(" ", "\N{NO-BREAK SPACE}", 1) in page
    assert team.cohort.name in page


@pytest.mark.parametrize(
    ("days", "verb"), [(3, "начинается"), (-3, "должен был начаться")]
)
def test_admin_reads_of_a_cohort_that_is_not_open(sign_in, admin, cohort, days, verb):
    cohort.state, cohort.starts_on = CohortState.PLANNED, today() + timedelta(days=days)
    save(cohort)

    page = sign_in(admin).get("/home/").text

    assert f"«{cohort.name}» {verb} {day(cohort.starts_on)} и ещё не открыт" in page


def test_admin_who_is_a_tutor_as_well_sees_both_starts(sign_in, tutor, cohort):
    tutor.roles = frozenset({Role.TUTOR, Role.ADMIN})
    save(tutor)

    page = sign_in(tutor).get("/home/")

    assert page.status_code == 200
    assert cohort.name in page.text


def test_start_pages_of_staff_cost_at_most_eight_statements(
    sign_in, admin, tutor, work, team, cohort, count_statements
):
    def cost(person):
        browser = sign_in(person)
        browser.get("/home/")
        with count_statements() as statements:
            assert browser.get("/home/").status_code == 200
        return len(statements)

    few = cost(admin), cost(tutor)
    for number in range(12):
        facts = {"calendar": "two_years", "starts_on": today(), "rule": cohort.rule}
        second = save(Cohort(name=f"{number}", state=CohortState.OPEN, **facts))
        second.tutors.append(tutor)
        save(Team(school=team.school, cohort=second, name="А"))
    recount_all()

    assert (cost(admin), cost(tutor)) == few
    assert max(few) <= 8


def test_admin_sees_the_first_cohorts_and_a_link_to_all(sign_in, admin, cohort):
    few = sign_in(admin).get("/home/").text
    for number in range(11):
        save(Cohort(name=f"Поток-{number}", calendar="two_years", starts_on=today()))

    page = sign_in(admin).get("/home/").text

    assert "Все потоки" not in few
    assert "Все потоки" in page
    assert page.count(">Поток-") == 9
    assert page.index(f">{cohort.name}<") < page.index(">Поток-")


def test_cohorts_with_stuck_teams_are_named_up_to_five(sign_in, admin, team, cohort):
    for number in range(6):
        facts = {"calendar": "two_years", "starts_on": today(), "name": f"П{number}"}
        planned = save(Cohort(state=CohortState.OPEN, **facts))
        headless = save(Team(school=team.school, cohort=planned, name="А"))
        member_of(headless, person("Новый Человек", f"{number}@example.org"))
    recount_all()

    page = sign_in(admin).get("/home/").text

    assert page.count("застряла в потоке") == 5
    assert "Застрявшие команды есть и в других потоках" in page


def test_start_page_costs_the_same_for_many_modules(
    sign_in, member, work, cohort, count_statements
):
    browser = sign_in(member)
    with count_statements() as one:
        browser.get("/home/")
    for position in range(5, 9):
        module = Module(slug=f"modul-{position}", position=position)
        row = CalendarRow(module=module, position=position, opens_on=today())
        cohort.rows.append(row)
    db.session.commit()

    with count_statements() as more:
        browser.get("/home/")

    assert len(more) <= len(one)
