"""What opening a cohort freezes, and how a cohort ends."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.course.cohorts.rule import frozen_rule
from lms.course.cohorts.services import (
    close_cohort,
    open_cohort,
    planned_rule,
    reopen_cohort,
)
from lms.course.modules.services import publish, withdraw
from lms.course.settings.services import current_settings, save_settings
from lms.identity.audit.models import AuditEvent
from tests import sample_course
from tests.conftest import copies_of, save


@pytest.fixture
def planned(cohort, module):
    """The cohort before its opening, with one module in its calendar."""
    sample_course.store_course()
    cohort.state, cohort.rule, cohort.opened_at = CohortState.PLANNED, None, None
    return save(cohort)


def sign(admin, **words):
    """Save other settings of the course."""
    now = current_settings()
    settings = now.settings.model_copy(update=words)
    save_settings(settings, seen=now.number, actor=admin)


@pytest.fixture
def opened(planned, admin):
    """The cohort after its opening."""
    open_cohort(planned, seen=planned_rule(planned).fingerprint, actor=admin)
    return planned


def test_opening_freezes_the_rule(opened, module, admin):
    rule = frozen_rule(opened)
    [counted] = rule.modules

    assert opened.is_open
    assert opened.opened_at
    assert (rule.hours, rule.quiz_percent) == (36, 70)
    assert (counted.module_id, counted.by) == (module.id, "team")
    assert rule.required == rule.quizzes == [counted]


def test_frozen_rule_outlives_its_modules(opened, module):
    before = frozen_rule(opened)
    text = sample_course.ASSIGNMENT.replace(
        "required: true\npass", "required: false\npass"
    )
    publish(
        sample_course.import_module(files=sample_course.files_without(assignment=text)),
        actor=None,
    )

    assert not module.current_revision.work_required
    assert frozen_rule(opened) == before


def test_assignment_by_choice_never_blocks(planned):
    text = sample_course.ASSIGNMENT.replace(
        "required: true\npass", "required: false\npass"
    )
    publish(
        sample_course.import_module(files=sample_course.files_without(assignment=text)),
        actor=None,
    )

    [counted] = planned_rule(planned).modules

    assert (counted.work_required, counted.quiz_required) == (False, False)


def test_lesson_without_assignment_never_blocks(planned):
    files = sample_course.files_without("assignment.md", "tutor.md")
    publish(sample_course.import_module(files=files), actor=None)

    rule = planned_rule(planned)

    assert rule.modules
    assert not rule.required
    assert not rule.quizzes


def test_withdrawn_module_counts_by_its_newest_revision(planned, module, admin):
    withdraw(module, actor=admin)

    assert len(planned_rule(planned).required) == 1


def test_rule_that_changed_while_it_was_read_is_read_again(planned, admin):
    seen = planned_rule(planned).fingerprint
    publish(
        sample_course.import_module(files=sample_course.files_without("quiz.md")),
        actor=None,
    )

    with pytest.raises(RuleError, match="стало другим"):
        open_cohort(planned, seen=seen, actor=admin)

    assert planned.rule is None


def test_two_admins_open_a_cohort_once(planned, admin, race):
    seen = planned_rule(planned).fingerprint
    cohort, actor = copies_of(planned), copies_of(admin)

    def press():
        open_cohort(cohort(), seen=seen, actor=actor())

    results = race(press, press, press)

    assert results.count(None) == 1
    assert "уже открыт" in str(next(result for result in results if result))
    opened = sa.select(AuditEvent).filter_by(action="открыт поток")
    assert len(db.session.scalars(opened).all()) == 1


def test_opening_freezes_who_signs_and_for_how_many_hours(planned, admin):
    sign(admin, signer="Седова", signer_position="директор", hours=40, issuer="Центр")
    seen = planned_rule(planned).fingerprint
    open_cohort(planned, seen=seen, actor=admin)

    sign(admin, signer="Ким", hours=72)

    rule = frozen_rule(planned)
    assert (rule.signer, rule.signer_position) == ("Седова", "директор")
    assert (rule.hours, rule.issuer) == (40, "Центр")


def test_settings_that_changed_while_they_were_read_are_read_again(planned, admin):
    seen = planned_rule(planned).fingerprint
    sign(admin, signer="Ким")

    with pytest.raises(RuleError, match="стало другим"):
        open_cohort(planned, seen=seen, actor=admin)


def test_page_marks_what_is_still_the_sample(planned, admin, sign_in):
    sample = sample_course.COURSE.model_copy(update={"sample": True})
    sample_course.store_course(sample)
    browser, page = sign_in(admin), f"/cohorts/{planned.id}/open"
    assert browser.get(page).text.count("badge--sun") == 2  # hours and signer

    sign(admin, signer="Седова")

    assert "badge--sun" not in browser.get(page).text


def test_cohort_without_modules_does_not_open(planned, admin):
    planned.rows.clear()
    db.session.commit()

    with pytest.raises(RuleError, match="ни одного готового"):
        open_cohort(planned, seen="", actor=admin)


def test_cohort_ends_and_goes_on_with_the_same_rule(opened, admin):
    rule = opened.rule

    close_cohort(opened, actor=admin)
    assert opened.is_closed

    reopen_cohort(opened, actor=admin)
    assert opened.is_open
    assert opened.rule == rule


def test_only_what_goes_on_can_end(planned, admin):
    with pytest.raises(RuleError, match="который идёт"):
        close_cohort(planned, actor=admin)
    with pytest.raises(RuleError, match="завершённый"):
        reopen_cohort(planned, actor=admin)
