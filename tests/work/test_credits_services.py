"""Who has the work of a module: by acceptance, or excused."""

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.work.credits.models import Credit
from lms.work.credits.services import excuse_member
from tests.conftest import save
from tests.works import accept, send


@pytest.fixture
def attempt(module, captain, member, team):
    """What «Опора» has sent; two people are in the team."""
    return send(module, captain, team)


def credited():
    return set(db.session.scalars(sa.select(Credit.user_id)))


def test_everybody_in_the_team_is_credited(attempt, tutor, captain, member):
    accept(attempt, tutor)

    assert credited() == {captain.id, member.id}


def test_who_has_the_credit_already_keeps_it(attempt, tutor, captain, member, cohort):
    module = attempt.submission.module
    earlier = excuse_member(member, module, cohort, tutor=tutor, reason="Перешёл")

    accept(attempt, tutor)

    assert credited() == {captain.id, member.id}
    assert db.session.get_one(Credit, earlier.id).reason == "Перешёл"


def test_who_has_left_is_not_credited(attempt, tutor, captain, member, team):
    team.memberships[1].left_at = utcnow()
    db.session.commit()

    accept(attempt, tutor)

    assert credited() == {captain.id}


def test_personal_work_is_credited_to_one_person(attempt, tutor, captain, member, team):
    work = attempt.submission
    work.team_id, work.user_id = None, member.id
    save(work)

    accept(attempt, tutor)

    assert credited() == {member.id}


def test_member_is_excused_with_a_reason(module, cohort, tutor, member):
    credit = excuse_member(member, module, cohort, tutor=tutor, reason=" Болел ")

    assert (credit.reason, credit.excused_by_id) == ("Болел", tutor.id)
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert event.after["причина"] == "Болел"


@pytest.mark.parametrize("reason", ["", "  ", "а" * 1001])
def test_excuse_needs_a_reason(module, cohort, tutor, member, reason):
    with pytest.raises(RuleError, match="ричин"):
        excuse_member(member, module, cohort, tutor=tutor, reason=reason)


def test_stranger_is_not_excused(module, cohort, tutor, admin):
    with pytest.raises(RuleError, match="не состоит"):
        excuse_member(admin, module, cohort, tutor=tutor, reason="Просто так")


def test_nobody_is_excused_twice(module, cohort, tutor, member):
    excuse_member(member, module, cohort, tutor=tutor, reason="Болел")

    with pytest.raises(RuleError, match="уже зачтена"):
        excuse_member(member, module, cohort, tutor=tutor, reason="Болел")


@pytest.fixture
def url(cohort, member):
    return f"/credits/{cohort.id}/{member.id}"


def test_tutor_excuses_a_member(sign_in, tutor, module, member, url):
    typed = {"module": module.id, "reason": "Болел"}

    response = sign_in(tutor).post(url, data=typed)

    assert f"/{member.id}?cohort=" in response.location
    assert credited() == {member.id}
    assert "уже зачтены" in sign_in(tutor).get(url).text


def test_reason_is_asked_for(sign_in, tutor, module, url):
    page = sign_in(tutor).post(url, data={"module": module.id}).text

    assert "почему человеку засчитывают" in page
    assert credited() == set()


def test_stranger_has_no_page(sign_in, tutor, module, cohort, admin, url):
    page = sign_in(tutor).get(f"/credits/{cohort.id}/{admin.id}")

    assert page.status_code == 404
