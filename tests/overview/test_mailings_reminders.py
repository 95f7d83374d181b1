"""«Напомнить»: by the captain, once a week, to those who still lack something."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.course.cohorts.models import CohortState
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.overview.mailings import sending
from lms.overview.mailings.models import Mailing, Outcome
from lms.overview.mailings.reminders import remind_team
from lms.schools.teams.permissions import active_membership
from tests.achievements import pass_quiz
from tests.conftest import copies_of, count, member_of, person
from tests.overview.test_mailings_sending import outcome, words_of

URL = "/mailings/teams/{}/remind"


@pytest.fixture
def third(team):
    """One more of the team."""
    return member_of(team, person("Фролова Дарья Ильинична", "frolova@example.org"))


@pytest.fixture
def remind(module, team, captain, member, third):
    """Return a function by which the captain presses the button."""

    def press(key="k1"):
        return remind_team(team, captain=captain, form_key=key)

    return press


def test_others_who_lack_something_get_a_letter(remind, inbox, module, member, third):
    pass_quiz(third, module)

    mailing = remind()

    (letter,) = inbox()
    text = words_of(letter)
    assert letter["To"] == member.email
    assert f"- самопроверка занятия 4 «{module.current_revision.title}»" in text
    assert f"/quizzes/{module.slug}/" in text
    assert "Седова Анна Викторовна, капитан вашей команды" in text
    assert outcome(mailing, member) is Outcome.KEPT


def test_address_of_the_captain_is_given_to_nobody(remind, inbox, captain):
    remind()

    for letter in inbox():
        assert letter["Reply-To"] is None
        assert captain.email not in words_of(letter)


def test_who_passed_left_or_wants_none_meanwhile_gets_none(
    remind, inbox, module, member, third
):
    mailing = remind()
    pass_quiz(member, module)
    active_membership(third).left_at = utcnow()
    db.session.commit()

    assert inbox() == []
    assert outcome(mailing, member) is Outcome.NEEDLESS
    assert outcome(mailing, third) is Outcome.LEFT


def test_who_switched_such_letters_off_is_not_written_to(remind, member, third):
    switch_off(member, [Letter.FROM_TUTOR])

    assert [copy.user_id for copy in remind().recipients] == [third.id]


def test_second_reminder_waits_for_a_week(remind):
    first = remind()

    with pytest.raises(RuleError, match="раз в неделю: снова можно"):
        remind("k2")
    first.created_at = utcnow() - timedelta(days=7, minutes=1)
    db.session.commit()
    assert remind("k3").id != first.id


def test_new_captain_waits_for_the_same_week(remind, team, captain, member):
    remind()
    active_membership(captain).is_captain = False
    db.session.flush()
    active_membership(member).is_captain = True
    db.session.commit()

    with pytest.raises(RuleError, match="раз в неделю"):
        remind_team(team, captain=member, form_key="k2")


def test_two_presses_at_once_make_one_reminder(remind, team, captain, race):
    find_team, find_captain = copies_of(team), copies_of(captain)

    def press(key):
        return remind_team(find_team(), captain=find_captain(), form_key=key)

    ended = race(lambda: press("a"), lambda: press("b"))

    assert sum(isinstance(end, RuleError) for end in ended) == 1
    assert count(Mailing) == 1


def test_nobody_is_reminded_of_nothing(remind, module, member, third):
    for one in (member, third):
        pass_quiz(one, module)

    with pytest.raises(RuleError, match="Напоминать некому"):
        remind()


def test_ended_cohort_reminds_nobody(remind, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="пока поток идёт"):
        remind()


def test_worker_that_stopped_halfway_writes_to_nobody_twice(remind, inbox, member):
    mailing = remind()
    sending.share_out({"mailing": mailing.id})
    db.session.execute(Job.__table__.delete().where(Job.kind == "mailing"))

    sending.share_out({"mailing": mailing.id})

    assert len([one for one in inbox() if one["To"] == member.email]) == 1


def test_button_stands_on_the_page_of_the_captain_alone(
    module, team, captain, member, tutor, sign_in
):
    pages = {
        who: sign_in(who).get(f"/teams/{team.id}/").text
        for who in (captain, member, tutor)
    }

    assert "Напомнить 1" in pages[captain]
    assert all("Напомнить" not in pages[who] for who in (member, tutor))


def test_double_click_says_the_same_twice(module, team, captain, member, sign_in):
    browser, form = sign_in(captain), {"form_key": "2b" * 16}

    answers = [browser.post(URL.format(team.id), data=form) for _ in "12"]

    assert {answer.location for answer in answers} == {f"/teams/{team.id}/#certificate"}
    assert count(Mailing) == 1
    page = browser.get(f"/teams/{team.id}/").text
    assert "Напоминаем 1" in page
    assert "Снова можно" in page


def test_staff_reads_what_became_of_a_reminder(remind, inbox, cohort, tutor, sign_in):
    mailing = remind()
    inbox()

    page = sign_in(tutor).get(f"/mailings/{mailing.id}/").text

    assert "Капитан напоминает команде" in page
    assert "Орлов Олег Сергеевич" in page
