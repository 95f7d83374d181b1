"""The form of a letter to a group, and the page that tells what became of it."""

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.overview.mailings.models import Mailing
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.models import Status, Submission
from tests.conftest import count, save
from tests.works import send


@pytest.fixture
def address(module, cohort, captain, member):
    """Where those who owe the work of the module are written to."""
    return f"/mailings/cohorts/{cohort.id}/work-{module.slug}"


def form_of(**typed):
    """What the form would send, with something else typed."""
    words = {"subject": "Ждём", "text": "Ждём вашу работу.", "form_key": "0" * 32}
    return words | typed


def test_form_names_people_and_reasons(address, tutor, captain, member, sign_in):
    page = sign_in(tutor).get(address).text

    assert "Ещё не прислали работу «4. Наставничество. Практики»" in page
    assert captain.full_name in page
    assert member.full_name in page
    assert "не начат" in page
    assert "{имя}" in page


def test_team_that_sent_is_not_in_the_list(
    address, module, team, captain, tutor, sign_in
):
    send(module, captain, team)

    assert "Писать некому" in sign_in(tutor).get(address).text


def test_who_switched_letters_off_is_named_without_a_box(
    address, member, tutor, sign_in
):
    switch_off(member, [Letter.FROM_TUTOR])

    page = sign_in(tutor).get(address).text
    assert "такие письма отключены" in page
    assert f'id="person-{member.id}"' not in page


def test_letter_goes_out_and_the_page_tells(address, captain, tutor, sign_in):
    browser = sign_in(tutor)
    answer = browser.post(address, data=form_of(people=captain.id))

    page = browser.get(answer.location).text
    assert "в очереди" in page
    assert captain.full_name in page


def test_what_was_typed_comes_back_with_the_refusal(address, captain, tutor, sign_in):
    typed = form_of(people=captain.id, text="Мой текст {фамилия}")

    page = sign_in(tutor).post(address, data=typed).text

    assert "нельзя подставить {фамилия}" in page
    assert "Мой текст" in page
    assert count(Mailing) == 0


def test_letter_that_nobody_needs_any_more_comes_back(
    address, module, team, captain, tutor, sign_in
):
    typed = form_of(people=captain.id, text="Долго писали это письмо.")
    send(module, captain, team)

    page = sign_in(tutor).post(address, data=typed).text

    assert "Писать уже некому" in page
    assert "Долго писали это письмо." in page


def test_nobody_chosen(address, tutor, sign_in):
    page = sign_in(tutor).post(address, data=form_of()).text

    assert '<a href="#people">Кому</a>: Отметьте хотя бы одного человека' in page
    assert 'id="people"' in page


def test_second_click_is_told_and_may_insist(address, captain, tutor, sign_in):
    browser = sign_in(tutor)
    browser.post(address, data=form_of(people=captain.id))
    again = form_of(people=captain.id, form_key="1" * 32)

    refused = browser.post(address, data=again).text
    sent = browser.post(address, data=again | {"insists": "y"})

    assert "Этим людям уже написали" in refused
    assert "Всё равно отправить" in refused
    assert (sent.status_code, count(Mailing)) == (302, 2)


def test_double_click_leads_to_the_same_page(address, captain, tutor, sign_in):
    browser = sign_in(tutor)
    typed = form_of(people=captain.id)

    first, second = (browser.post(address, data=typed).location for _ in "12")

    assert first == second


def test_tutor_of_others_writes_to_nobody(address, other_tutor, sign_in):
    assert sign_in(other_tutor).post(address, data={}).status_code == 404


@pytest.mark.parametrize("about", ["work-net", "work", "quiet-x", "все"])
def test_group_that_does_not_exist(about, address, cohort, tutor, sign_in):
    page = sign_in(tutor).get(f"/mailings/cohorts/{cohort.id}/{about}")

    assert page.status_code == 404


def test_team_without_a_captain_is_asked_for_one(
    address, cohort, captain, member, tutor, sign_in
):
    active_membership(captain).left_at = utcnow()
    db.session.commit()

    page = sign_in(tutor).get(f"/mailings/cohorts/{cohort.id}/headless").text

    assert "капитана нет, в команде" in page
    assert captain.full_name not in page
    assert "{занятие}" not in page


def test_personal_work_is_asked_of_those_who_owe_it(
    address, module, cohort, team, captain, member, tutor, sign_in
):
    table = type(module.current_revision).__table__
    db.session.execute(sa.update(table).values(assignment_by="person"))
    key = {"user": captain, "cohort": cohort, "module": module}
    save(Submission(**key, status=Status.WAITING))
    db.session.expire_all()

    page = sign_in(tutor).get(address).text

    assert f'id="person-{member.id}"' in page
    assert f'id="person-{captain.id}"' not in page


def test_tutor_may_write_to_the_own_teams_only(
    address, team, other_team, captain, other, tutor, sign_in
):
    other_team.tutor = tutor
    db.session.commit()

    page = sign_in(tutor).get(f"{address}?mine=1").text

    assert other.full_name in page
    assert captain.full_name not in page


def test_letters_of_a_cohort_are_listed(address, cohort, captain, tutor, sign_in):
    browser = sign_in(tutor)
    browser.post(address, data=form_of(people=captain.id))

    page = browser.get(f"/mailings/cohorts/{cohort.id}/").text

    assert "Ещё не прислали работу" in page
    assert "ушло 0 из 1" in page
