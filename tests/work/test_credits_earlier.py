"""What was accepted in an earlier cohort is credited by the lead tutor, by hand."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.schools.teams.models import Membership, Position
from lms.work.credits.models import Credit
from lms.work.credits.services import excuse_member
from lms.work.submissions.models import Status, Submission
from tests.achievements import credit
from tests.conftest import save
from tests.years import another_cohort, another_team

BEFORE = "команда «Начало», поток «Осень 2025»"


@pytest.fixture
def earlier(module, member):
    """The same module, accepted from a member in a cohort of another year."""
    team = another_team(another_cohort("Осень 2025"))
    save(Membership(user=member, team=team, position=Position.TEACHER))
    facts = {"team_id": team.id, "cohort_id": team.cohort_id, "module_id": module.id}
    work = save(Submission(**facts, status=Status.ACCEPTED))
    return credit(member, work)


@pytest.fixture
def lead(cohort, tutor):
    cohort.lead = tutor
    db.session.commit()
    return tutor


def url(cohort, member, module=None):
    asked = f"?module={module.id}" if module else ""
    return f"/credits/{cohort.id}/{member.id}{asked}"


def credits_in(cohort):
    return db.session.scalars(sa.select(Credit).filter_by(cohort_id=cohort.id)).all()


def test_nothing_is_carried_by_itself(earlier, cohort, lead, member, sign_in):
    page = sign_in(lead).get(url(cohort, member)).text

    assert BEFORE in page
    assert "Зачесть прежнее" in page
    assert credits_in(cohort) == []


def test_lead_credits_it_with_a_reason_that_names_it(
    earlier, cohort, lead, member, module, sign_in
):
    browser = sign_in(lead)
    page = browser.get(url(cohort, member, module)).text
    facts = {"module": module.id, "reason": "Смотрели план вместе."}
    browser.post(url(cohort, member, module), data=facts)

    (written,) = credits_in(cohort)
    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert f"Зачтено раньше: {BEFORE}" in page
    assert written.reason == "Смотрели план вместе."
    assert event.after["прежняя работа"].startswith(BEFORE)


def test_other_tutors_learn_who_credits_it(
    earlier, cohort, lead, tutor2, member, module, sign_in
):
    page = sign_in(tutor2).get(url(cohort, member)).text

    assert BEFORE in page
    assert lead.full_name in page
    assert "Зачесть прежнее<" not in page
    with pytest.raises(RuleError, match="ведущий тьютор"):
        excuse_member(member, module, cohort, tutor=tutor2, reason="Прошёл раньше")


def test_what_is_left_says_that_some_was_done_elsewhere(
    earlier, cohort, lead, member, captain, sign_in
):
    browser = sign_in(lead)

    theirs = browser.get(f"/certificates/remaining/{member.id}?cohort={cohort.id}")
    captains = browser.get(f"/certificates/remaining/{captain.id}?cohort={cohort.id}")

    assert "Зачесть прежнее или с причиной" in theirs.text
    assert "Зачесть прежнее" not in captains.text
