"""Pages of teams and schools."""

import re
from html import unescape

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.schools.teams import search
from lms.schools.teams.models import School, Team
from tests.conftest import member_of, person, save


@pytest.fixture
def url(cohort):
    return f"/teams/new/{cohort.id}"


def answers(**changes):
    """The form of a new team of a new school, apart from `changes`."""
    form = {
        "school_id": "0",
        "school": "Лицей № 7",
        "municipality": "Искитим",
        "region": "",
        "name": "Ветер",
        "tutor_id": "0",
    }
    return form | changes


def test_admin_adds_a_team_and_gets_the_link(sign_in, admin, url):
    response = sign_in(admin).post(url, data=answers(), follow_redirects=True)

    assert db.session.scalars(sa.select(Team)).one().school.name == "Лицей № 7"
    assert "/invitations/" in response.text
    assert "Отправьте ссылку" in response.text


def test_school_of_the_list_may_be_chosen(sign_in, admin, team, tutor, url):
    form = answers(school_id=team.school_id, school="", municipality="")
    sign_in(admin).post(url, data=form | {"tutor_id": tutor.id})

    new = db.session.scalars(sa.select(Team).filter_by(name="Ветер")).one()
    assert (new.school_id, new.tutor_id) == (team.school_id, tutor.id)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("school", "впишите новую"),
        ("municipality", "где находится школа"),
        ("name", "Назовите команду"),
    ],
)
def test_what_a_new_team_needs(sign_in, admin, url, field, message):
    page = sign_in(admin).post(url, data=answers(**{field: "  "})).text

    assert message in page
    assert "Ветер" in page or field == "name"


def test_school_is_either_chosen_or_typed(sign_in, admin, team, url):
    page = sign_in(admin).post(url, data=answers(school_id=team.school_id)).text

    assert "Школа уже выбрана" in page


def test_typed_team_stays_when_the_name_is_taken(sign_in, admin, team, url):
    form = answers(school="Школа № 12", municipality="Новосибирск", name="Опора")

    page = sign_in(admin).post(url, data=form).text

    assert "уже есть команда" in page
    assert 'value="Школа № 12"' in page


def test_tutor_who_has_left_meanwhile_is_refused_in_russian(
    sign_in, admin, team, other_tutor
):
    form = {"name": "Мачта", "school_id": team.school_id, "tutor_id": other_tutor.id}

    page = sign_in(admin).post(f"/teams/{team.id}/edit", data=form).text

    assert "Неверный вариант." in page


def test_admin_corrects_a_team(sign_in, admin, team, tutor):
    form = {"school_id": team.school_id, "name": "Мачта", "tutor_id": tutor.id}

    response = sign_in(admin).post(f"/teams/{team.id}/edit", data=form)

    assert response.location == f"/teams/{team.id}/"
    assert (team.name, team.tutor) == ("Мачта", tutor)


def test_admin_corrects_a_school(sign_in, admin, team):
    form = {"name": "Гимназия"}

    sign_in(admin).post(f"/teams/schools/{team.school_id}", data=form)

    assert "Гимназия, Новосибирск" in sign_in(admin).get("/teams/schools/").text


def test_typed_school_stays_when_there_is_one(sign_in, admin, team, other_team):
    other_team.school.municipality = team.school.municipality
    form = {"name": other_team.school.name}

    page = sign_in(admin).post(f"/teams/schools/{team.school_id}", data=form).text

    assert "уже есть в списке" in page
    assert 'value="Лицей № 3"' in page


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("опора", True),
        ("НОВОСИБ № 12", True),
        ("седова", True),
        ("опора бердск", False),
    ],
)
def test_tutor_finds_a_team_by_any_words(sign_in, tutor, captain, words, found):
    page = sign_in(tutor).get("/teams/", query_string={"q": words}).text

    assert ("Опора" in page) is found


@pytest.mark.parametrize("words", ["семенова", "СЕМЁНОВА", "королев", "слет"])
def test_team_is_found_with_yo_and_with_ye(sign_in, admin, team, words):
    team.name, team.school.municipality = "Слёт", "Королёв"
    member_of(team, person("Семёнова Алёна", "semenova@example.org"))

    page = sign_in(admin).get("/teams/", query_string={"q": words}).text

    assert "Слёт" in page


@pytest.mark.parametrize("words", ["королев", "КОРОЛЁВ", "королёв № 12", "веселая"])
def test_school_is_found_with_yo_and_with_ye(sign_in, admin, team, words):
    team.school.name = "Весёлая школа № 12"
    team.school.municipality = "Королёв"

    page = sign_in(admin).get("/teams/schools/", query_string={"q": words}).text

    assert "Весёлая" in page


@pytest.fixture
def many_schools(cohort):
    """Forty schools of one city, each with a team of `cohort`."""
    schools = [School(name=f"Школа {n:02}", municipality="Омск") for n in range(40)]
    db.session.add_all(Team(school=s, cohort=cohort, name="А") for s in schools)
    db.session.commit()
    return schools


@pytest.mark.parametrize("path", ["/teams/", "/teams/schools/"])
@pytest.mark.parametrize("query", ["", "?q=омск", "?q=школа"])
def test_long_list_is_read_to_its_end_part_by_part(
    sign_in, admin, many_schools, path, query
):
    seen, url, browser = [], f"{path}{query}", sign_in(admin)
    while url:
        page = browser.get(url).text
        seen += re.findall(r"Школа \d\d", page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        url = following and unescape(following[1])

    assert seen == [school.name for school in many_schools]


@pytest.mark.parametrize("most", [(1_000, 5_000), (0, 5_000), (0, 0)])
@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("школа 03", ["Школа 03"]),
        ("№ 03 а омск", ["Школа 03"]),
        ("анна 07", ["Школа 07"]),
        ("анна 08", []),
    ],
)
def test_team_has_every_word_however_common_they_are(
    sign_in, admin, captain, cohort, many_schools, monkeypatch, most, words, names
):
    monkeypatch.setattr(search, "FEW_TEAMS", most[0])
    monkeypatch.setattr(search, "IN_ONE_PLACE", most[1])
    team = db.session.scalars(sa.select(Team).filter_by(school=many_schools[7])).one()
    member_of(team, person("Анна Ким", "kim@example.org"))

    page = sign_in(admin).get("/teams/", query_string={"q": words}).text

    assert re.findall(r"Школа \d\d", page) == names


def test_tutor_of_a_team_elsewhere_sees_both(sign_in, tutor, other_team, team, cohort):
    elsewhere = save(Cohort(name="Весна", calendar="x", starts_on=cohort.starts_on))
    own = save(Team(school=team.school, cohort=elsewhere, name="Своя"))
    member_of(own, tutor)

    page = sign_in(tutor).get("/teams/").text

    assert [name in page for name in ("Опора", "Мост", "Своя")] == [True] * 3


def test_school_out_of_many_is_found_for_a_new_team(sign_in, admin, many_schools, url):
    last = many_schools[-1]
    browser = sign_in(admin)
    first = browser.get(url).text
    found = browser.get(f"{url}?find=школа+39").text

    browser.post(url, data=answers(school_id=last.id, school="", municipality=""))

    assert "Найти школу" in first
    assert (last.label in first, last.label in found) == (False, True)
    new = db.session.scalars(sa.select(Team).filter_by(name="Ветер")).one()
    assert new.school_id == last.id


def test_few_schools_need_no_search(sign_in, admin, team, url):
    page = sign_in(admin).get(url).text

    assert team.school.label in page
    assert "Найти школу" not in page


def test_list_is_narrowed_to_a_cohort(sign_in, admin, team, cohort):
    def page(cohort_id):
        return sign_in(admin).get(f"/teams/?cohort={cohort_id}").text

    assert "Новосибирск" in page(cohort.id)
    assert "Новосибирск" not in page(cohort.id + 1)


def test_tutor_without_cohorts_is_told_what_to_wait_for(sign_in, other_tutor, team):
    page = sign_in(other_tutor).get("/teams/").text

    assert "ещё не назначили" in page
    assert "Опора" not in page


def test_member_is_led_to_the_own_team(sign_in, member, team):
    assert sign_in(member).get("/teams/mine").location == f"/teams/{team.id}/"


def test_person_without_a_team_learns_how_to_get_into_one(sign_in, admin):
    assert "ссылке-приглашению" in sign_in(admin).get("/teams/mine").text


def test_addresses_are_shown_to_staff_only(sign_in, team, captain, member, tutor):
    url = f"/teams/{team.id}/"

    assert captain.email not in sign_in(member).get(url).text
    assert captain.email in sign_in(tutor).get(url).text


def test_member_learns_who_invites(sign_in, team, captain, member):
    page = sign_in(member).get(f"/teams/{team.id}/").text

    assert "Анна Седова" in page
    assert "data-copy" not in page


def fill(cohort, number):
    """Add teams with two people each."""
    for n in range(number):
        school = School(name=f"Школа {n}", municipality=f"Село {number}")
        team = save(Team(school=school, cohort=cohort, name="Команда"))
        for m in range(2):
            user = person("Имя Фамилия", f"{number}-{n}-{m}@example.org")
            member_of(team, user, captain=m == 0)


@pytest.mark.parametrize("place", ["/teams/", "/teams/schools/", "/cohorts/1/"])
def test_lists_cost_the_same_however_long(
    sign_in, admin, cohort, count_statements, place
):
    browser, counts = sign_in(admin), []
    for number in (2, 8):
        fill(cohort, number)
        with count_statements() as statements:
            assert browser.get(place).status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_team_page_costs_the_same_however_many_members(
    sign_in, captain, team, count_statements
):
    browser, counts = sign_in(captain), []
    for n in range(2):
        member_of(team, person("Имя Фамилия", f"{n}@example.org"))
        with count_statements() as statements:
            browser.get(f"/teams/{team.id}/")
        counts.append(len(statements))

    assert counts[0] == counts[1]
