"""What looks forgotten asks first; what was sent can be taken back on its page."""

import pytest

from lms.core.extensions import db
from lms.work.drafts.services import save_field
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.submissions.models import Status
from lms.work.submissions.services import history_of
from tests.works import send, send_back


@pytest.fixture
def attempt(module, captain, team):
    return send(module, captain, team)


@pytest.fixture
def work(attempt):
    return attempt.submission


def test_unchanged_work_with_open_remarks_asks_first(sign_in, captain, attempt, tutor):
    send_back(attempt, tutor)

    page = sign_in(captain).post(f"/drafts/{attempt.submission_id}/send")

    assert "Текст не изменился, 1\N{NO-BREAK SPACE}замечание без ответа." in page.text
    assert attempt.submission.status is Status.RETURNED


def test_nothing_is_asked_about_a_work_that_cannot_be_sent(
    sign_in, captain, attempt, work, tutor
):
    send_back(attempt, tutor)
    save_field(work, "zaprosy", " ", base_version=1, author=captain)

    page = sign_in(captain).post(f"/drafts/{work.id}/send")

    assert page.status_code == 422
    assert "Работа не отправлена" in page.text


def test_second_way_sends_it_all_the_same(sign_in, captain, attempt, work, tutor):
    send_back(attempt, tutor)

    sign_in(captain).post(f"/drafts/{work.id}/send", data={"sure": "yes"})

    db.session.refresh(work)
    assert work.is_waiting


def test_page_offers_to_undo_what_was_just_sent(app, sign_in, captain, work):
    app.config["LMS_UNDO_SECONDS"] = 15

    page = sign_in(captain).get(f"/submissions/{work.id}/")

    assert "Отменить отправку" in page.text


def test_button_opens_the_draft_again(sign_in, member, work):
    client = sign_in(member)
    assert "Забрать обратно" in client.get(f"/submissions/{work.id}/").text

    page = client.post(f"/submissions/{work.id}/attempts/1/withdraw")

    assert page.location == f"/drafts/{work.id}/"
    assert "отозвана" in client.get(page.location).text


def test_only_its_people_and_admins_read_what_was_taken_back(
    sign_in, attempt, work, captain, tutor, admin
):
    send_back(attempt, tutor)
    again = send(work.module, captain, work.team, zaprosy="Иначе.")
    withdraw_attempt(work, again.number, member=captain)

    address = f"/submissions/{work.id}/attempts/2/"
    people = captain, admin, tutor
    statuses = [sign_in(person).get(address).status_code for person in people]

    assert [a.number for a in history_of(work)] == [2, 1]
    assert statuses == [200, 200, 404]


def test_team_sees_what_it_changed_between_versions(
    sign_in, captain, attempt, work, tutor
):
    send_back(attempt, tutor)
    send(work.module, captain, work.team, zaprosy="Иначе.")

    page = sign_in(captain).get(f"/submissions/{work.id}/").text

    assert "Что изменилось после версии 1" in page
    assert "<ins>" in page
