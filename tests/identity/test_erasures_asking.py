"""Asking to be erased, thinking better of it, and what has to end before."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import Role, SignIn
from lms.identity.accounts.sign_ins import sign_in as come_in
from lms.identity.erasures.asking import (
    ask_erasure,
    call_off,
    erasure_of,
    withdraw_consent,
)
from lms.identity.erasures.erasing import erase, erase_all_due
from lms.identity.requests.models import DataRequest, RequestKind
from lms.review.reviews.leases import take
from lms.schools.members.services import make_captain
from lms.schools.teams.permissions import active_membership
from tests.conftest import PASSWORD, copies_of, count, journal, letters, person
from tests.erasures import ask, do_jobs, end_the_days, erase_now
from tests.works import send


def test_letter_comes_at_once_and_another_a_day_before(member):
    ask(member)
    (asked,) = letters()
    erasure = erasure_of(member)
    assert erasure.erase_at - erasure.request.asked_at >= timedelta(days=6, hours=23)

    due = sa.text("UPDATE job SET run_at = :now WHERE kind = 'erasure tomorrow'")
    db.session.execute(due, {"now": (utcnow() - timedelta(hours=1)).isoformat(" ")})
    db.session.commit()

    assert asked["to"] == member.email
    assert letters()[-1]["subject"] == "Завтра сведения о вас будут удалены"


def test_wrong_password_asks_nothing(member):
    with pytest.raises(RuleError, match="Пароль не подошёл"):
        ask_erasure(member, password="не тот")

    assert count(DataRequest) == 0


def test_second_request_leads_to_the_first(member, race):
    find = copies_of(member)

    race(*[lambda: ask_erasure(find(), password=PASSWORD).request_id] * 2)

    assert count(DataRequest) == 1


def test_captain_hands_the_team_over_first(captain, member):
    with pytest.raises(RuleError, match="Вы капитан"):
        ask(captain)

    make_captain(active_membership(member), actor=captain)

    assert ask(captain)


def test_captain_alone_has_nobody_to_hand_over_to(captain):
    assert erase_now(captain).done_at


def test_the_only_admin_stays(admin):
    with pytest.raises(RuleError, match="единственный администратор"):
        ask(admin)

    person("Вторая Яна", "second@example.org", Role.ADMIN)

    assert ask(admin)


def test_of_two_last_admins_one_stays(admin):
    second = person("Вторая Яна", "second@example.org", Role.ADMIN)
    requests = [ask(one) for one in (admin, second)]
    for one in (admin, second):
        end_the_days(one)

    for request in requests:
        erase(request.id)

    assert [bool(one.erased_at) for one in (admin, second)] == [True, False]


def test_tutor_clears_the_desk_first(module, captain, team, tutor, monkeypatch):
    take(send(module, captain, team).submission, tutor=tutor)

    with pytest.raises(RuleError, match="на столе"):
        ask(tutor)


def test_what_binds_at_the_end_of_the_days_is_waited_for(captain, member):
    request = ask(member)
    make_captain(active_membership(member), actor=captain)
    end_the_days(member)

    erase(request.id)
    assert member.erased_at is None

    make_captain(active_membership(captain), actor=member)
    erase_all_due({})
    do_jobs()
    assert member.erased_at


def test_called_off_nothing_happens(member):
    request = ask(member)
    end_the_days(member)
    call_off(request.id)
    call_off(request.id)

    erase_all_due({})
    do_jobs()

    assert member.erased_at is None
    assert request.done_at
    assert ask(member).id != request.id


def test_too_late_to_call_off(member):
    request = erase_now(member)

    with pytest.raises(RuleError, match="уже удалены"):
        call_off(request.id)


def test_withdrawn_consent_closes_the_account_at_once(member, sign_in):
    browser = sign_in(member)

    erasure = withdraw_consent(member, password=PASSWORD)

    assert browser.get("/accounts/profile").status_code == 302
    assert count(SignIn) == 0
    assert erasure.request.kind is RequestKind.WITHDRAWAL
    with pytest.raises(RuleError, match="закрыт"):
        come_in(member.email, PASSWORD)


def test_consent_is_withdrawn_although_the_erasure_is_asked_for(member):
    request = ask(member)

    assert withdraw_consent(member, password=PASSWORD).request_id == request.id

    assert count(DataRequest) == 1
    assert member.closed_at


def test_withdrawal_taken_back_asks_for_the_consent_again(member):
    member.consent_version = "1"
    erasure = withdraw_consent(member, password=PASSWORD)

    call_off(erasure.request_id)

    assert come_in(member.email, PASSWORD)
    assert member.consent_version is None


def test_journal_keeps_what_was_asked(member):
    ask(member)

    assert journal() == ["запрошено удаление сведений"]


def test_letters_do_not_go_after_it_was_called_off(member):
    request = ask(member)
    call_off(request.id)

    assert letters() == []
