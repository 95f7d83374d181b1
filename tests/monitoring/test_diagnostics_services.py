"""Who may answer the diagnostics and when, and what never changes afterwards."""

from datetime import date

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.services import close_cohort, reopen_cohort
from lms.monitoring.diagnostics import services
from lms.monitoring.diagnostics.editions import items_of
from lms.monitoring.diagnostics.models import (
    DiagnosticsEdition,
    Moment,
    Round,
    Sitting,
)
from lms.monitoring.diagnostics.standing import standings_of
from lms.monitoring.diagnostics.windows import Windows, windows_of
from lms.schools.teams.permissions import active_memberships
from tests.conftest import copies_of, count, save
from tests.measuring import come_to, place_of, sit


def asked(user):
    """What waits for a person."""
    return standings_of(user, active_memberships(user))[0].asked


def test_entry_ends_when_the_second_lesson_opens_and_exit_begins_with_the_last():
    days = [date(2026, 9, n) for n in range(1, 5)]
    openings = list(zip((0, 1, 2, 9), days, strict=True))

    assert windows_of(openings) == Windows(second_on=days[2], last_on=days[3])
    assert windows_of(openings[:2]) == Windows(None, None)


def test_entry_is_asked_before_the_second_lesson(measured, member):
    assert asked(member) is Moment.ENTRY

    measured.rows[1].opens_on = today()
    db.session.commit()
    assert asked(member) is None


def test_exit_is_asked_from_the_last_lesson_on(measured, member, captain):
    sit(captain, Moment.ENTRY, 1)

    come_to(measured, Moment.EXIT)

    assert asked(member) is Moment.EXIT


def test_exit_is_not_asked_where_nobody_came_to_the_entry(measured, member):
    come_to(measured, Moment.EXIT)

    assert asked(member) is None


def test_cohort_without_questions_asks_nothing(lessons, member):
    assert asked(member) is None


def test_questions_that_were_withdrawn_are_not_asked(measured, member):
    save(DiagnosticsEdition(content_hash="1", content={}, is_withdrawn=True))

    assert asked(member) is None


def test_forms_are_different_and_always_the_same():
    entries = {n: services.form_for(n, 1, Moment.ENTRY) for n in range(60)}
    exits = {n: services.form_for(n, 1, Moment.EXIT) for n in range(60)}

    assert all({entries[n], exits[n]} == {"a", "b"} for n in entries)
    assert 20 < list(entries.values()).count("a") < 40


def test_new_questions_do_not_change_a_form_that_somebody_has(
    measured, member, captain
):
    sitting = services.begin_sitting(place_of(member), Moment.ENTRY)
    before = items_of(sitting)

    save(DiagnosticsEdition(content_hash="1", content={"title": "Иначе", "items": []}))

    assert items_of(sitting) == before
    assert items_of(services.begin_sitting(place_of(captain), Moment.ENTRY))


def test_answers_of_two_tabs_are_all_kept(measured, member):
    sitting = services.begin_sitting(place_of(member), Moment.ENTRY)
    first, second, *_ = (one.key for one in items_of(sitting))

    services.save_answers(sitting, {first: 1})
    services.save_answers(sitting, {second: None})

    assert (sitting.answers, sitting.version) == ({first: 1, second: None}, 2)


def test_unanswered_form_is_not_finished_but_saved(measured, member):
    sitting = services.begin_sitting(place_of(member), Moment.ENTRY)
    keys = [one.key for one in items_of(sitting)]

    with pytest.raises(services.UnansweredError) as refusal:
        services.finish_sitting(sitting, {keys[0]: None}, asked=keys)

    assert refusal.value.missing == keys[1:]
    assert (sitting.is_finished, sitting.answers) == (False, {keys[0]: None})


def test_finished_sitting_never_changes(measured, member):
    sitting = sit(member, Moment.ENTRY, 4)

    with pytest.raises(RuleError, match="закрыта"):
        services.save_answers(sitting, {"a1": 1})
    sitting.answers = {}
    with pytest.raises(TypeError, match="never changes"):
        db.session.commit()
    db.session.rollback()


def test_closed_window_keeps_what_was_marked_and_takes_no_more(measured, member):
    sitting = sit(member, Moment.ENTRY, 4, finish=False)
    come_to(measured, Moment.EXIT)

    with pytest.raises(RuleError, match="закрыта"):
        services.finish_sitting(sitting, {}, asked=[])

    assert (len(sitting.answers), sitting.is_finished) == (4, False)


def test_two_clicks_begin_one_sitting(measured, member, race):
    place = copies_of(place_of(member))

    race(*[lambda: services.begin_sitting(place(), Moment.ENTRY).id] * 2)

    assert (count(Sitting), count(Round)) == (1, 1)


def test_cohort_that_goes_on_does_not_open_the_diagnostics_again(
    measured, member, captain, admin
):
    sit(captain, Moment.ENTRY, 1)
    come_to(measured, Moment.EXIT)
    close_cohort(measured, actor=admin)
    ended = db.session.scalar(sa.select(Round.closed_at))

    reopen_cohort(measured, actor=admin)

    assert asked(member) is None
    close_cohort(measured, actor=admin)
    assert db.session.scalar(sa.select(Round.closed_at)) == ended
