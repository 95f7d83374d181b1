"""Letters about what each has to do alone: who gets one, and what it may say."""

import pytest

from lms.core.errors import RuleError
from lms.overview.mailings.addressees import addressees_of, group_of
from lms.overview.mailings.models import Outcome, Purpose
from lms.overview.mailings.services import Draft, write_to_group
from lms.overview.mailings.wording import FIRST_TEXTS, check_words
from lms.overview.progress.matrix import matrix_of
from tests.achievements import credit, finish, pass_quiz
from tests.conftest import member_of, person
from tests.overview.test_mailings_sending import outcome, words_of
from tests.works import accept, send, send_back


@pytest.fixture
def names_in(cohort):
    """Return a function that names who is in a group, as somebody may know it."""

    def names(about, viewer):
        matrix = matrix_of(cohort, viewer=viewer)
        found = addressees_of(matrix, group_of(about, matrix), viewer=viewer)
        return {one.user.full_name.split()[0] for one in found}

    return names


@pytest.fixture
def write_about(cohort, tutor):
    """Return a function that sends the ready letter to everybody of a group."""

    def write(about, author=tutor):
        matrix = matrix_of(cohort, viewer=author)
        group = group_of(about, matrix)
        people = addressees_of(matrix, group, viewer=author)
        ids, first = [one.user.id for one in people], FIRST_TEXTS[group.purpose]
        draft = Draft(first.subject, first.text, ids, form_key="k")
        return write_to_group(cohort, group, draft, author=author)

    return write


def test_who_passed_the_self_check_is_not_in_its_group(
    names_in, module, captain, member, tutor
):
    pass_quiz(captain, module, 70)
    pass_quiz(member, module, 69)

    assert names_in(f"quiz-{module.slug}", tutor) == {"Орлов"}


def test_one_condition_is_left_where_only_that_can_be_done(
    names_in, accepted, team, captain, member, tutor
):
    finish(captain, accepted)
    credit(member, accepted)
    member_of(team, person("Зимин Егор Ильич", "zimin@example.org"))

    assert names_in("last", tutor) == {"Орлов"}


def test_who_waits_for_a_tutor_has_nothing_to_do(
    names_in, module, team, captain, tutor
):
    send(module, captain, team)
    pass_quiz(captain, module)

    assert names_in("last", tutor) == set()


def test_letter_leads_to_the_self_check_and_tells_no_percent(
    write_about, inbox, module, captain, member
):
    pass_quiz(captain, module)
    pass_quiz(member, module, 43)
    write_about(f"quiz-{module.slug}")

    (letter,) = inbox()
    text = words_of(letter)
    assert letter["To"] == member.email
    assert f"/quizzes/{module.slug}/" in text
    assert "43" not in letter["Subject"] + text.replace("http://127.0.0.1", "")


def test_letter_about_the_last_condition_names_it(write_about, inbox, accepted, member):
    credit(member, accepted)
    write_about("last")

    text = words_of(next(one for one in inbox() if one["To"] == member.email))
    assert "самопроверка занятия 4 «Наставничество. Практики»" in text


def test_who_passed_meanwhile_gets_none(write_about, inbox, module, captain, member):
    mailing = write_about(f"quiz-{module.slug}")
    pass_quiz(captain, module)

    assert [letter["To"] for letter in inbox()] == [member.email]
    assert outcome(mailing, captain) is Outcome.NEEDLESS


@pytest.mark.parametrize("purpose", [Purpose.QUIZ, Purpose.LAST])
def test_due_day_is_no_word_of_these_letters(purpose):
    with pytest.raises(RuleError, match=r"\{срок\}. Можно: \{имя\}"):
        check_words("{срок}", purpose)


@pytest.fixture
def read_blind(module, cohort, team, captain, tutor, tutor2):
    """Return a function that decides a work which the second tutor is to read."""
    cohort.second_share = 100

    def decided(decide):
        decide(send(module, captain, team), tutor)
        pass_quiz(captain, module)

    return decided


@pytest.mark.parametrize("decide", [accept, send_back])
def test_second_reader_finds_nobody_by_the_decision(
    names_in, read_blind, decide, tutor2
):
    read_blind(decide)

    assert names_in("last", tutor2) == set()


def test_who_knows_the_decision_finds_the_team(names_in, read_blind, tutor):
    read_blind(send_back)

    assert names_in("last", tutor) == {"Седова"}


def test_captain_reminds_by_no_address_of_staff(cohort, module):
    assert group_of("reminder", matrix_of(cohort)) is None


def test_page_offers_both_groups(accepted, cohort, member, tutor, sign_in):
    credit(member, accepted)
    browser = sign_in(tutor)

    page = browser.get(f"/progress/{cohort.id}/?by=people").text

    for about in ("last", f"quiz-{accepted.module.slug}"):
        address = f"/mailings/cohorts/{cohort.id}/{about}"
        assert f'href="{address}"' in page
        assert "Орлов Олег Сергеевич" in browser.get(address).text
