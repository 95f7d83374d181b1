"""The table of a cohort's teams, and the tutors of many of them at once."""

import re
from functools import partial

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.schools.teams.models import School, Team
from lms.schools.teams.tutors import TutorChoice, assign_tutors, choose_tutors
from tests.conftest import save


@pytest.fixture
def url(cohort):
    return f"/teams/cohorts/{cohort.id}/"


@pytest.fixture
def many(cohort, admin):
    """Return a function that adds teams to the cohort."""

    def add(count, first=0):
        school = save(School(name=f"Лицей № {first}", municipality="Искитим"))
        db.session.add_all(
            Team(cohort=cohort, school=school, name=f"Команда {number:03}")
            for number in range(first, first + count)
        )
        db.session.commit()

    return add


def shown(page, **changes):
    """The form as the page shows it, with nothing changed apart from `changes`."""
    found = re.search(r'name="found" type="hidden" value="(\w+)"', page)[1]
    ids = re.findall(r'name="shown" value="(\d+)"', page)
    form = {"found": found, "shown": ids, "tutor": ""}
    for name in re.findall(r'name="(team-\d+-seen)"', page):
        seen = re.search(rf'name="{name}" type="hidden" value="(\d+)"', page)[1]
        form |= {name: seen, name.replace("seen", "tutor"): seen}
    return form | changes


def tutors():
    return set(db.session.scalars(sa.select(Team.tutor_id)))


def test_table_shows_school_people_state_and_tutor(
    sign_in, admin, team, captain, other_team, url
):
    page = sign_in(admin).get(url).text

    for words in (team.name, team.school.label, "1\N{NO-BREAK SPACE}человек"):
        assert words in page
    assert "в сборе" in page
    assert "Тьютор команды Опора" in page


def test_teams_are_found_by_words_tutor_and_state(
    sign_in, admin, team, captain, tutor, many, url
):
    many(2)
    browser = sign_in(admin)
    team.tutor = tutor
    save(team)

    by_words = browser.get(url, query_string={"q": "искитим 001"}).text
    assert re.findall(r">(Команда \d+|Опора)</a>", by_words) == ["Команда 001"]
    by_tutor = browser.get(url, query_string={"tutor": tutor.id}).text
    assert re.findall(r">(Команда \d+|Опора)</a>", by_tutor) == ["Опора"]
    awaited = browser.get(url, query_string={"state": "AWAITED", "tutor": "0"}).text
    assert "Нашлось: 2" in awaited


def test_tutor_is_chosen_in_a_row(sign_in, admin, team, tutor, url):
    browser = sign_in(admin)
    form = shown(browser.get(url).text, **{f"team-{team.id}-tutor": str(tutor.id)})

    page = browser.post(url, data=form, follow_redirects=True).text

    assert "Тьютор сменился у 1\N{NO-BREAK SPACE}команды" in page
    assert team.tutor == tutor
    event = db.session.scalars(
        sa.select(AuditEvent).filter_by(action="тьюторы команд")
    ).one()
    assert list(event.after.values()) == [tutor.full_name]


def test_tutor_is_given_to_the_ticked_teams_only(sign_in, admin, tutor, many, url):
    many(3)
    browser = sign_in(admin)
    form = shown(browser.get(url).text, tutor=str(tutor.id))
    first, second, third = form["shown"]

    browser.post(url, data=form | {f"team-{n}-ticked": "y" for n in (first, third)})

    assert db.session.get_one(Team, int(first)).tutor_id == tutor.id
    assert db.session.get_one(Team, int(second)).tutor_id is None
    assert db.session.get_one(Team, int(third)).tutor_id == tutor.id


def test_tutor_is_given_to_all_found_on_every_page(sign_in, admin, tutor, many, url):
    many(60)
    browser = sign_in(admin)
    page = browser.get(url).text
    assert len(shown(page)["shown"]) == 50

    form = shown(page, tutor=str(tutor.id), everyone="y")
    page = browser.post(url, data=form, follow_redirects=True).text

    assert "у 60\N{NO-BREAK SPACE}команд" in page
    assert tutors() == {tutor.id}


def test_all_found_are_those_that_the_admin_saw(
    sign_in, admin, tutor, many, cohort, url
):
    many(3)
    browser = sign_in(admin)
    form = shown(browser.get(url).text, tutor=str(tutor.id), everyone="y")
    school = db.session.scalars(sa.select(School)).first()
    save(Team(cohort=cohort, school=school, name="Новая"))

    page = browser.post(url, data=form).text

    assert "список найденных команд или их тьюторов изменился" in page
    assert tutors() == {None}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"everyone": "y"}, "Выберите, какого тьютора"),
        ({"tutor": "0"}, "Отметьте команды"),
    ],
)
def test_half_a_wish_is_refused(sign_in, admin, team, url, changes, message):
    browser = sign_in(admin)

    page = browser.post(url, data=shown(browser.get(url).text, **changes)).text

    assert message in page


def test_choice_of_a_colleague_is_shown_and_not_undone(
    sign_in, admin, team, tutor, tutor2, url
):
    browser, name = sign_in(admin), f"team-{team.id}-tutor"
    form = shown(browser.get(url).text, **{name: str(tutor.id)})
    team.tutor = tutor2
    save(team)

    page = browser.post(url, data=form).text

    assert f"«Опора» — {tutor2.full_name}" in page
    assert f'selected value="{tutor.id}"' in page
    assert team.tutor == tutor2
    browser.post(url, data=shown(page, **{name: str(tutor.id)}))
    assert team.tutor == tutor


def test_row_that_nobody_changed_undoes_nothing(
    sign_in, admin, team, tutor, other_team, cohort, url
):
    browser = sign_in(admin)
    form = shown(browser.get(url).text)
    team.tutor = tutor
    save(team)

    browser.post(url, data=form)

    assert team.tutor == tutor


def test_tutor_who_left_the_cohort_cannot_be_chosen(
    sign_in, admin, team, tutor, tutor2, cohort, url
):
    browser = sign_in(admin)
    form = shown(browser.get(url).text, **{f"team-{team.id}-tutor": str(tutor2.id)})
    assign_tutors(cohort, tutors=[tutor], actor=admin)

    page = browser.post(url, data=form).text

    assert "больше не в потоке" in page
    assert team.tutor is None
    choices = [TutorChoice(team.id, None, tutor2.id)]
    with pytest.raises(RuleError):
        choose_tutors(cohort, choices=choices, actor=admin)


def test_team_of_another_cohort_is_left_alone(cohort, admin, tutor, team):
    changed = choose_tutors(
        cohort, choices=[TutorChoice(team.id + 1000, None, tutor.id)], actor=admin
    )

    assert changed == 0


def test_two_admins_at_once_have_one_winner(cohort, admin, team, tutor, tutor2, race):
    admin_id, cohort_id, team_id = admin.id, cohort.id, team.id

    def choose(tutor_id):
        choices = [TutorChoice(team_id, None, tutor_id)]
        return choose_tutors(
            db.session.get_one(Cohort, cohort_id),
            choices=choices,
            actor=db.session.get_one(User, admin_id),
        )

    ended = race(*[partial(choose, tutor_id) for tutor_id in (tutor.id, tutor2.id)])

    assert sorted(map(str, ended))[0] == "1"
    assert sum(isinstance(one, RuleError) for one in ended) == 1


def test_price_does_not_grow_with_the_teams(
    sign_in, admin, captain, tutor, many, count_statements, url
):
    browser, counts = sign_in(admin), []
    for number in (1, 299):
        many(number, first=number)
        with count_statements() as statements:
            page = browser.get(url).text
        counts.append(len(statements))

    assert "Всего: 301" in page
    assert counts[0] == counts[1]
    assert len(page) < 100_000


def test_saving_costs_the_same_for_one_team_and_for_all(
    sign_in, admin, tutor, tutor2, many, count_statements, url
):
    many(60)
    browser, counts = sign_in(admin), []
    for chosen, words in ((tutor, "001"), (tutor2, "")):
        address = f"{url}?q={words}"
        page = browser.get(address).text
        form = shown(page, tutor=str(chosen.id), everyone="y")
        with count_statements() as statements:
            browser.post(address, data=form)
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_page_of_a_large_cohort_shows_the_first_teams_and_leads_to_the_table(
    sign_in, admin, team, many, cohort, url
):
    many(30)

    page = sign_in(admin).get(f"/cohorts/{cohort.id}/").text

    teams = page.partition('<h2 id="teams">')[2].partition("</section>")[0]
    assert teams.count('<li class="list__row">') == 12
    assert "Здесь первые 12 из 31" in teams
    assert f'href="{url}"' in teams


@pytest.mark.parametrize("number", ["x", "999", "9" * 25, "9" * 5000])
def test_tutor_who_is_not_offered_narrows_nothing(sign_in, admin, team, number):
    table = f"/teams/cohorts/{team.cohort_id}/"

    page = sign_in(admin).get(table, query_string={"tutor": number})

    assert page.status_code == 200
    assert team.name in page.text.split("<table")[-1]
