"""«Одно письмо на команду»: what its captain reads for all, what others still get."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.letters.models import DAILY, Letter
from lms.identity.letters.services import switch_off
from lms.overview.digest.contents import digest_of
from lms.overview.digest.models import TeamLetter
from lms.overview.digest.team_letter import choose_letter, letter_of
from lms.review.questions import services as questions
from lms.review.threads.services import write_message
from lms.schools.members.services import leave_team, make_captain
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.services import start_submission
from tests.conftest import count, member_of
from tests.questions import ask
from tests.works import send, send_back
from tests.years import join_another_cohort

URL = "/digest/teams/{}/letter"


def text_of(person):
    sections = digest_of(person, unwanted=()).sections
    return "\n".join(line.text for section in sections for line in section.lines)


@pytest.fixture
def due_today(module, cohort, team, captain):
    """A work of the team that is due today; the lesson opens today as well."""
    cohort.rows[0].due_on = cohort.rows[0].opens_on = today()
    db.session.commit()
    return start_submission(module, user=captain, team=team)


@pytest.fixture
def one_letter(team, captain):
    choose_letter(team, captain=captain, is_one=True)


def test_without_the_choice_everybody_gets_all(due_today, captain, member):
    assert text_of(member) == text_of(captain) != ""


def test_captain_is_told_of_the_team_and_others_are_not(
    due_today, one_letter, captain, member, tutor
):
    write_message(due_today, "Трёх хватит.", author=tutor, seen=0, form_key="k")

    assert text_of(member) == ""
    assert "тьютор написал" in text_of(captain)
    assert "срок" in text_of(captain)


def test_answer_to_my_question_comes_to_me_and_to_the_captain(
    one_letter, question, captain, member, team, tutor, module
):
    questions.answer(question, "Пяти хватит.", tutor=tutor)
    questions.answer(ask(module, team, captain), "Да.", tutor=tutor)

    assert text_of(member).count("ответили на вопрос о занятии") == 1
    assert text_of(captain).count("ответили на вопрос о занятии") == 2


def test_captain_reads_who_sent_and_what_came_back(
    one_letter, module, team, captain, member, tutor
):
    send_back(send(module, member, team), tutor)

    told = text_of(captain)
    assert "отправлено: " in told
    assert "Олег Орлов" in told
    assert "вернули на доработку: " in told
    assert text_of(member) == ""


def test_captain_who_has_stopped_the_letter_reads_of_no_team(
    one_letter, module, team, captain, member, tutor
):
    send_back(send(module, member, team), tutor)
    switch_off(captain, DAILY - {Letter.QUEUE, Letter.MEETING})
    assert "отправлено: " in text_of(captain)

    switch_off(captain, {Letter.MEETING})

    assert text_of(captain) == ""


@pytest.mark.parametrize("gone", ["left", "replaced", "closed"])
def test_without_its_captain_everybody_returns_to_own_letters(
    due_today, one_letter, team, captain, member, admin, gone
):
    before = text_of(member)
    if gone == "left":
        leave_team(active_membership(captain), actor=admin)
    elif gone == "replaced":
        make_captain(active_membership(member), actor=captain)
    else:
        captain.closed_at = utcnow()
        db.session.commit()

    assert (before, letter_of(team)) == ("", None)
    assert text_of(member) != ""


def test_kind_that_the_captain_does_not_want_goes_to_everybody(
    due_today, one_letter, captain, member
):
    switch_off(captain, {Letter.OPENING})

    assert [one.title for one in digest_of(member, unwanted=()).sections] == [
        "Открылось"
    ]


def test_captain_chooses_on_the_page_of_the_team(sign_in, team, captain, member):
    page, url = f"/teams/{team.id}/", URL.format(team.id)
    browser = sign_in(captain)

    for _ in "12":
        browser.post(url, data={"one": "1"})
    told = sign_in(member).get(page).text
    assert "письмо о делах команды получает капитан" in told
    assert url not in told

    browser.post(url, data={})
    assert count(TeamLetter) == 0


@pytest.mark.parametrize("name", ["member", "tutor", "admin"])
def test_nobody_else_chooses(sign_in, team, captain, name, request):
    browser = sign_in(request.getfixturevalue(name))

    answer = browser.post(URL.format(team.id), data={"one": "1"})

    assert (answer.status_code, count(TeamLetter)) == (403, 0)


@pytest.fixture
def second(captain, member):
    """Both are in a team of another cohort, which is shown."""
    place = join_another_cohort(captain.email, is_shown=True)
    member_of(place.team, member)
    return place.team


def test_captain_of_two_cohorts_reads_for_each_team_that_chose_it(
    second, one_letter, module, team, captain, member, tutor
):
    send_back(send(module, member, team), tutor)

    assert "вернули на доработку: «Опора»: " in text_of(captain)


def test_letter_of_one_team_leaves_those_of_the_other(
    second, due_today, team, captain, member
):
    choose_letter(second, captain=captain, is_one=True)
    with_own = text_of(member)
    choose_letter(team, captain=captain, is_one=True)

    assert "«Опора»: " in with_own
    assert text_of(member) == ""


def test_captain_chooses_for_a_team_that_is_not_shown(second, sign_in, team, captain):
    sign_in(captain).post(URL.format(team.id), data={"one": "1"})

    assert letter_of(team).captain_id == captain.id
