"""Partners of a school in the letter of the day."""

from datetime import date, timedelta

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.identity.letters.models import Letter
from lms.network.partners import reminders
from lms.network.partners.agreements import change_agreement
from lms.network.partners.merging import merge_partners
from lms.network.partners.models import Agreement
from lms.overview.digest.sending import compose_digest, enqueue_digests, note_digest
from tests.conftest import letters, member_of, person
from tests.history import came
from tests.overview.test_digest_projects import text_of
from tests.partners import agree, agreement_words, new_partner

MONDAY = date(2098, 1, 6)


@pytest.fixture
def depot(team, member):
    """A partner whom a member of the team keeps."""
    return new_partner(team, member)


@pytest.fixture
def gone(team, member):
    """Somebody who has left the team."""
    someone = member_of(team, person("Зорин Пётр", "zorin@example.org"))
    membership = next(one for one in team.memberships if one.user_id == someone.id)
    membership.left_at = membership.joined_at
    db.session.commit()
    return someone


@pytest.mark.parametrize(("days", "is_told"), [(31, False), (30, True), (0, True)])
def test_agreement_near_its_end_is_named_to_its_keeper(
    depot, member, captain, days, is_told
):
    agree(depot, member, days=days)

    assert ("договор № 12 с партнёром" in text_of(member)) is is_told
    assert "договор № 12" not in text_of(captain)


def test_quotes_within_the_name_of_a_partner_are_the_inner_ones(depot, member):
    depot.name = "Депо «Инская»"
    agree(depot, member, days=20)

    assert "с партнёром «Депо „Инская“» до" in text_of(member)


def test_line_comes_until_a_letter_has_left_and_then_no_more(depot, member):
    agreement = agree(depot, member, days=20)
    letter = compose_digest(member)
    assert "договор № 12" in text_of(member)

    note_digest(letter)

    assert "договор № 12" not in text_of(member)
    assert db.session.get(Agreement, agreement.id).reminded_at


def test_new_keeper_and_new_last_day_are_reminded_anew(depot, member, captain):
    agreement = agree(depot, member, days=20)
    note_digest(compose_digest(member))
    depot.keeper_id = captain.id
    db.session.commit()
    assert "договор № 12" in text_of(captain)
    note_digest(compose_digest(captain))

    change_agreement(agreement, agreement_words(25), seen=1, author=captain)

    assert "договор № 12" in text_of(captain)


def test_captain_is_reminded_where_the_keeper_has_left(team, captain, gone):
    agree(new_partner(team, captain, keeper_id=gone.id), captain, days=9)

    assert "договор № 12" in text_of(captain)
    assert text_of(gone) == ""


def test_agreement_of_a_merged_partner_is_named_to_the_keeper_of_the_card(
    depot, team, member, captain
):
    twin = new_partner(team, captain, name="Депо")
    agree(twin, captain, days=9)
    merge_partners(twin, depot, author=captain)

    assert "договор № 12" in text_of(member)
    assert "договор № 12" not in text_of(captain)


def test_whoever_wants_no_reminders_gets_none(depot, member):
    agree(depot, member, days=9)

    assert "договор" not in text_of(member, Letter.REMINDER)


@pytest.mark.parametrize("is_kept", [True, False])
def test_whose_cohort_is_over_is_reminded_of_agreements_and_of_nothing_else(
    module, cohort, team, captain, member, gone, is_kept
):
    keeper = member if is_kept else gone
    agree(new_partner(team, captain, keeper_id=keeper.id), captain, days=9)
    cohort.state = CohortState.CLOSED
    cohort.rows[0].due_on = today() - timedelta(days=1)
    came()

    enqueue_digests(today())

    [letter] = letters()
    assert letter["to"] == (member if is_kept else captain).email
    assert "договор № 12" in letter["text"]
    assert "просрочено" not in letter["text"]


@pytest.mark.parametrize(("on", "is_told"), [(6, True), (7, False)])
def test_captain_is_asked_on_mondays_who_keeps_in_touch(
    team, captain, gone, monkeypatch, on, is_told
):
    new_partner(team, captain, keeper_id=gone.id)
    monkeypatch.setattr(reminders, "today", lambda: MONDAY.replace(day=on))

    assert ("никто не держит связь" in text_of(captain)) is is_told


def test_card_tells_whether_the_reminder_went_out(depot, member, sign_in):
    agree(depot, member, days=20)
    browser, url = sign_in(member), f"/partners/{depot.id}/"
    assert "напоминание ещё не ушло" in browser.get(url).text

    note_digest(compose_digest(member))

    assert "напоминание ушло" in browser.get(url).text
