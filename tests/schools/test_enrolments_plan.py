"""What a list would change: the verdict on each line."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.schools.enrolments.plan import make_plan
from lms.schools.enrolments.tables import read_table
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Position, Team
from tests.conftest import member_of, person, save
from tests.lists import ANNA, OLEG, as_csv, line, people
from tests.years import another_team

pytestmark = pytest.mark.usefixtures("cohort")


@pytest.fixture
def judge(cohort):
    """Return a function that makes the plan of some lines."""

    def make(*lines):
        return make_plan(read_table(as_csv(people(*lines))).lines, cohort)

    return make


@pytest.fixture
def expect(team, admin):
    """Return a function that invites somebody by name."""

    def invite(email=ANNA, *, into=None, **facts):
        facts = {"full_name": "Седова Анна", "position": Position.TEACHER} | facts
        newcomer = Newcomer(
            email=email,
            team=into or team,
            token=email,
            invited_by=admin,
            expires_at=utcnow(),
            **facts,
        )
        return save(newcomer)

    return invite


def only(plan):
    (finding,) = plan.findings
    return finding


def test_unknown_people_are_new(judge):
    plan = judge()

    assert plan.counts[Verdict.NEW] == 2
    assert plan.findings[0].notes == ["новая школа", "новая команда"]
    assert (len(plan.new_schools), len(plan.new_teams)) == (1, 1)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (line(email="anna.school12.ru"), "почта без @: «anna.school12.ru»"),
        (line(email=""), "нет почты"),
        (line(email="anna@"), "не похожа на name@school.ru"),
        (line(email="a b@school12.ru."), "не похожа"),
        (line(email="анна@school12.ru"), "русские буквы"),
        (line(name=""), "нет имени"),
        (line(name="Анна"), "нужны и фамилия, и имя"),
        (line(name="Анна " + "С" * 200), "больше 200 знаков"),
        (line(position="завхоз"), "«завхоз» не подходит, можно: руководитель школы"),
        (line(position=""), "не сказано, кто это"),
        (line(captain="возможно"), "капитан: «возможно»"),
        (line(team=["", "Новосибирск", "", "Опора"]), "нет школы"),
        (line(team=["Школа", "", "", "Опора"]), "нет населённого пункта"),
        (line(team=["Школа", "Новосибирск", "", ""]), "нет команды"),
    ],
)
def test_line_is_refused_with_its_reason(judge, typed, words):
    found = only(judge(typed))

    assert found.verdict is Verdict.REFUSED
    assert words in found.reason


def test_every_reason_of_a_line_is_named(judge):
    found = only(judge(line(name="", email="x", position="завхоз")))

    assert len(found.notes) == 3


def test_same_person_twice_is_refused(judge):
    plan = judge(line(), line("Седова А. В.", ANNA.upper()))

    assert plan.findings[1].reason == "та же почта, что в строке 2"


def test_second_captain_is_refused(judge):
    plan = judge(line(captain="да"), line("Орлов Олег", OLEG, captain="+"))

    assert plan.findings[1].reason == "капитан этой команды уже назван в строке 2"


def test_person_of_another_team_is_refused(judge, team, other):
    found = only(judge(line(other.full_name, other.email)))

    assert found.reason == (
        "уже в другой команде: «Мост», Лицей № 3, Бердск, поток «Осень 2026»"
    )


def test_person_of_another_cohort_comes_in_by_a_tick(judge, cohort):
    name, email = "Седова Анна Викторовна", ANNA
    save(
        Membership(
            user=person(name, email), team=another_team(), position=Position.HEAD
        )
    )

    plan = judge(line(name))

    assert only(plan).verdict is Verdict.ALSO
    assert "«Начало», Школа № 7, Обь, поток «Осень 2027»" in only(plan).reason
    assert only(plan.settle([email])).verdict is Verdict.NEW
    assert only(plan.settle([])).verdict is Verdict.REFUSED


def test_closed_account_is_refused(judge, member):
    db.session.get(User, member.id).closed_at = utcnow()
    db.session.commit()

    assert only(judge(line(email=member.email))).reason == "вход с этой почтой закрыт"


def test_person_invited_into_another_cohort_is_refused(judge, team, expect):
    spring = Cohort(name="Весна", calendar="-", starts_on=team.cohort.starts_on)
    expect(into=save(Team(cohort=spring, school=team.school, name="Опора")))

    assert "уже приглашён в другой поток" in only(judge(line())).reason


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        (line(position="учитель"), Verdict.SAME, ""),
        (line("Орлов  Олег Сергеевич"), Verdict.SAME, ""),
        (line(position="Педагог"), Verdict.SAME, ""),
        (line(position="родитель"), Verdict.CHANGED, "«учитель» → «родитель»"),
        (line(captain="да"), Verdict.CHANGED, "станет капитаном"),
    ],
)
def test_member_is_compared(judge, member, typed, verdict, words):
    typed[5] = member.email

    found = only(judge(typed))

    assert found.verdict is verdict
    assert words in found.reason


def test_new_captain_is_told_apart_from_the_present_one(judge, captain, member):
    found = only(judge(line(email=member.email, captain="да")))

    assert "вместо: Седова Анна Викторовна" in found.reason


def test_profile_has_the_last_word_on_a_name(judge, member):
    found = only(judge(line("Другая Фамилия", member.email)))

    assert found.verdict is Verdict.SAME
    assert found.warnings == [f"в профиле имя «{member.full_name}», оно и останется"]


@pytest.mark.parametrize(
    ("typed", "verdict", "words"),
    [
        (line(), Verdict.SAME, "приглашение уже есть"),
        (line("Седова Анна Викторовна"), Verdict.CHANGED, "имя: «Седова Анна» →"),
        (line(position="выпускник"), Verdict.CHANGED, "→ «выпускник»"),
        (line(captain="да"), Verdict.CHANGED, "придёт капитаном"),
        (
            line(team=["Школа №12", "г. Новосибирск", "", "Опора 2"]),
            Verdict.CHANGED,
            "перейдёт из команды «Опора»",
        ),
    ],
)
def test_newcomer_is_compared(judge, expect, typed, verdict, words):
    expect()

    found = only(judge(typed))

    assert found.verdict is verdict
    assert words in found.reason


@pytest.mark.parametrize(
    "school", ["школа №12", "Школа  № 12", "ШКОЛА 12", "Школа «№12»"]
)
def test_school_is_known_however_it_is_written(judge, team, school):
    plan = judge(line(team=[school, "г. новосибирск", "", "«опора»"]))

    assert not plan.new_schools
    assert not plan.new_teams


def test_person_with_an_account_is_invited(judge, team):
    person("Седова Анна", ANNA)

    found = only(judge(line()))

    assert found.verdict is Verdict.NEW
    assert "уже бывал на сайте" in found.reason


def test_who_is_missing_from_the_list_is_named(judge, captain, member, expect, other):
    expect("wait@school12.ru", full_name="Ждан Ольга")

    plan = judge(line(email=member.email))

    assert [a.full_name for a in plan.absent] == ["Ждан Ольга", captain.full_name]


def test_who_is_refused_is_not_missing(judge, member):
    plan = judge(line(email=member.email, position="завхоз"), line())

    assert plan.absent == []


def test_reading_does_not_ask_line_by_line(judge, team, count_statements):
    for number in range(60):
        member_of(team, person(f"Член Номер{number}", f"m{number}@school12.ru"))
    few = [line(email="m1@school12.ru")]
    many = [
        line(email=f"m{n}@school12.ru", team=[f"Школа {n}", "Омск", "", "А"])
        for n in range(900)
    ]
    db.session.commit()
    with count_statements() as for_few:
        judge(*few)
    with count_statements() as for_many:
        judge(*many)

    assert len(for_many) <= len(for_few) + 1 <= 10


def test_same_name_with_another_address_is_warned_about(judge):
    first, second = judge(line(), line(email=OLEG)).findings

    assert (first.warnings, second.warnings) == (
        [],
        ["то же имя, что в строке 2, а почта другая"],
    )
