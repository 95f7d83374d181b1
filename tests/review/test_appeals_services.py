"""A team asks another tutor to look again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.identity.accounts.models import Role
from lms.identity.audit.models import AuditEvent
from lms.overview.digest.contents import digest_of
from lms.review.appeals.hearing import count_waiting
from lms.review.appeals.models import Appeal, Decision, Ruling
from lms.review.appeals.permissions import can_decide
from lms.review.appeals.services import (
    ask_to_look_again,
    decide_appeal,
    who_decides,
)
from lms.review.reviews.models import Cause, Review, Verdict
from lms.review.reviews.reversals import accept_after_all
from lms.work.credits.models import Credit
from lms.work.submissions.models import Attempt, Status, is_newest
from tests.conftest import copies_of, count, letters, member_of, person
from tests.works import accept, send, send_back

REASON = "Запросы названы в таблице под картой: пятеро хотят шить, их слова там же."
WORDS = (
    "Таблица с запросами есть в ответе, её не заметили: критерий выполнен полностью."
)


@pytest.fixture
def review(module, captain, team, tutor):
    """What the tutor said when the work came back."""
    return send_back(send(module, captain, team), tutor)


@pytest.fixture
def appeal(review, captain, tutor2):
    """What the captain asked; `tutor2` may decide."""
    return ask_to_look_again(review, REASON, member=captain)


def decide(appeal, tutor, decision=Decision.CHANGED, words=WORDS):
    return decide_appeal(appeal, decision=decision, words=words, tutor=tutor)


def work_of(appeal):
    work = appeal.review.attempt.submission
    db.session.refresh(work)
    return work


def test_appeal_waits_for_the_other_tutor(appeal, tutor, tutor2, other_tutor, admin):
    waiting = [count_waiting(user) for user in (tutor2, tutor, other_tutor, admin)]

    assert waiting == [1, 0, 0, 0]
    assert work_of(appeal).status is Status.RETURNED


def test_changed_decision_credits_and_tells_at_once(appeal, captain, tutor2):
    decide(appeal, tutor2)

    work = work_of(appeal)
    assert (work.status, work.returned_by_id) == (Status.ACCEPTED, None)
    assert db.session.scalars(sa.select(Credit.user_id)).all() == [captain.id]
    assert letters()[-1]["subject"] == "«Карта наставничества»: зачтено"
    assert WORDS in letters()[-1]["text"]


def test_first_review_stays_as_it_was(appeal, tutor2):
    decide(appeal, tutor2)

    review = db.session.scalars(sa.select(Review)).one()
    assert (review.verdict, review.outcome) == (Verdict.RETURNED, Verdict.ACCEPTED)
    assert review.reversal.cause is Cause.APPEAL


def test_kept_decision_gives_the_days_back(appeal, cohort, tutor2):
    work = work_of(appeal)
    work.due_on = today() - timedelta(days=3)
    db.session.commit()

    decide(appeal, tutor2, Decision.KEPT)

    assert work_of(appeal).status is Status.RETURNED
    assert work_of(appeal).due_on == today() + timedelta(days=cohort.return_days)
    assert count_waiting(tutor2) == 0


def test_kept_decision_takes_no_day_away(appeal, tutor2):
    work = work_of(appeal)
    work.due_on = later = today() + timedelta(days=60)
    db.session.commit()

    decide(appeal, tutor2, Decision.KEPT)

    assert work_of(appeal).due_on == later


def test_kept_decision_is_told_in_the_morning_only(appeal, captain, tutor2):
    before = len(letters())

    decide(appeal, tutor2, Decision.KEPT)

    texts = [
        line.text
        for section in digest_of(captain, unwanted=()).sections
        for line in section.lines
    ]
    assert "решение пересмотрели и оставили: 4. Наставничество. Практики" in texts
    assert len(letters()) == before


def test_tutor_is_reminded_in_the_morning(appeal, tutor2):
    [section] = digest_of(tutor2, unwanted=()).sections

    assert section.lines[0].text == "1\xa0команда просит пересмотреть решение"


@pytest.mark.parametrize("decision", list(Decision))
def test_decision_is_in_the_journal(appeal, tutor2, decision):
    decide(appeal, tutor2, decision)

    event = db.session.scalars(
        sa.select(AuditEvent).order_by(AuditEvent.id.desc())
    ).first()
    assert event.actor_id == tutor2.id
    assert "пересмотр" in f"{event.action} {event.after}"


def test_reviewer_never_decides(appeal, tutor, admin):
    admin.roles = tutor.roles = frozenset({Role.ADMIN, Role.TUTOR})
    db.session.commit()

    with pytest.raises(RuleError, match="Решает другой тьютор"):
        decide(appeal, tutor)

    assert not can_decide(admin, appeal)


def test_tutor_from_the_team_never_decides(appeal, team, tutor2):
    membership = member_of(team, tutor2)

    assert not can_decide(membership, appeal)


def test_without_another_tutor_an_admin_decides(review, captain, admin, tutor):
    appeal = ask_to_look_again(review, REASON, member=captain)

    assert "организатор" in who_decides(review)
    assert (count_waiting(admin), count_waiting(tutor)) == (1, 0)
    assert decide(appeal, admin).decision is Decision.CHANGED


def test_without_anybody_else_the_team_is_told(review, captain):
    with pytest.raises(RuleError, match="некому"):
        ask_to_look_again(review, REASON, member=captain)


def test_one_other_tutor_is_named(review, tutor2):
    assert who_decides(review) == "Решение пересмотрит Ольга Ким, тьютор потока."


@pytest.mark.parametrize("reason", ["", "Не согласны.", "ы " * 4001])
def test_reason_has_words_and_an_end(review, captain, tutor2, reason):
    with pytest.raises(RuleError):
        ask_to_look_again(review, reason, member=captain)


def test_decision_has_words(appeal, tutor2):
    with pytest.raises(RuleError, match="10\xa0слов"):
        decide(appeal, tutor2, words="Всё верно.")


def test_closed_cohort_looks_at_nothing_again(review, captain, tutor2, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="Поток завершён"):
        ask_to_look_again(review, REASON, member=captain)


def test_accepted_work_is_not_looked_at_again(module, captain, team, tutor, tutor2):
    review = accept(send(module, captain, team), tutor)

    with pytest.raises(RuleError, match="уже не на доработке"):
        ask_to_look_again(review, REASON, member=captain)


def test_once_per_review(appeal, review, member, tutor2):
    decide(appeal, tutor2, Decision.KEPT)

    with pytest.raises(RuleError, match="уже просят: Анна Седова"):
        ask_to_look_again(review, REASON, member=member)


def test_two_members_ask_at_once(race, review, captain, member, tutor2):
    find, people = copies_of(review), [copies_of(captain), copies_of(member)]

    ended = race(
        *[
            lambda who=who: ask_to_look_again(find(), REASON, member=who()).id
            for who in people
        ]
    )

    assert sum(isinstance(end, RuleError) for end in ended) == 1
    assert count(Appeal) == 1


def test_two_tutors_decide_at_once(race, appeal, cohort, tutor2):
    third = person("Белов Павел Ильич", "belov@example.org", Role.TUTOR)
    cohort.tutors.append(third)
    find, one, two = copies_of(appeal), copies_of(tutor2), copies_of(third)

    ended = race(
        lambda: decide(find(), one(), Decision.KEPT).decision,
        lambda: decide(find(), two(), Decision.CHANGED).decision,
    )

    [refused] = [end for end in ended if isinstance(end, RuleError)]
    assert "Решение уже вынесено" in str(refused)
    assert count(Ruling) == 1


def test_new_version_takes_the_appeal_back(appeal, module, captain, team, tutor2):
    send(module, captain, team, pary="Пять пар.")

    assert count_waiting(tutor2) == 0
    with pytest.raises(RuleError, match="просьба снята"):
        decide(appeal, tutor2)
    assert count(Ruling) == 0


def test_appeal_stays_back_when_the_new_version_returns(
    appeal, module, captain, team, tutor, tutor2
):
    send_back(send(module, captain, team, pary="Пять пар."), tutor)

    assert count_waiting(tutor2) == 0
    assert count(Attempt) == 2
    assert db.session.scalars(sa.select(Attempt.number).where(is_newest())).all() == [2]


def test_sending_and_deciding_at_once(race, appeal, module, captain, team, tutor2):
    find, who, captain_of = copies_of(appeal), copies_of(tutor2), copies_of(captain)
    module_of, team_of = copies_of(module), copies_of(team)

    ended = race(
        lambda: decide(find(), who()).decision,
        lambda: send(module_of(), captain_of(), team_of()).number,
    )

    refused = sum(isinstance(end, RuleError) for end in ended)
    expected = Status.WAITING if count(Ruling) == 0 else Status.ACCEPTED
    assert (refused, work_of(appeal).status) == (1, expected)


def test_credit_on_other_grounds_takes_the_appeal_back(appeal, tutor2, admin):
    accept_after_all(appeal.review, cause=Cause.NEW_LOOK, words="", actor=admin)
    db.session.commit()

    with pytest.raises(RuleError, match="Решать больше нечего"):
        decide(appeal, tutor2, Decision.KEPT)
