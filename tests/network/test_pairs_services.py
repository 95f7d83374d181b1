"""What may happen to pairs and their plans, and who is first of two."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.network.pairs.figures import pairs_of_schools
from lms.network.pairs.listing import line_of, lines_for, quiet_in_words
from lms.network.pairs.models import Pair, PairEvent
from lms.network.pairs.services import (
    CLASH,
    CLOSED,
    KNOWN,
    change_event,
    close_pair,
    remove_event,
)
from lms.network.pairs.suggestions import kind_of, suggestions_for
from lms.schools.members.services import leave_team
from lms.schools.teams.models import School
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.models import Status, Submission
from tests.conftest import copies_of, count, look_after, save
from tests.mentors import settle_school
from tests.pairs import event_of, pair_of


@pytest.fixture
def pair(team, other_team, captain, other, coordinator):
    return pair_of(team, other_team, coordinator)


def seen_of(event):
    return {name: str(getattr(event, name)) for name in event.WORDS}


def change(pair, event, author, seen, **values):
    whole = {name: getattr(event, name) for name in event.WORDS}
    change_event(pair, event, whole | values, seen=seen, author=author)


def test_schools_are_one_pair_in_either_order(pair, team, other_team, coordinator):
    with pytest.raises(RuleError, match=KNOWN):
        pair_of(other_team, team, coordinator)


def test_two_who_open_a_pair_at_once_make_one(race, team, other_team, coordinator):
    one, two, leader = map(copies_of, (team, other_team, coordinator))

    ended = race(
        lambda: pair_of(one(), two(), leader()).id,
        lambda: pair_of(two(), one(), leader()).id,
    )

    assert [str(one) for one in ended].count(KNOWN) == 1
    assert count(Pair) == 1


def test_school_is_no_pair_with_itself(team, coordinator):
    with pytest.raises(RuleError):
        pair_of(team, team, coordinator)
    with pytest.raises(IntegrityError):
        save(Pair(first=team.school, second=team.school, goal="-", signed_on=today()))


def test_pair_that_was_closed_may_be_opened_again(pair, team, other_team, coordinator):
    close_pair(pair, actor=coordinator)
    close_pair(pair, actor=coordinator)

    assert pair_of(team, other_team, coordinator).is_open


def test_both_schools_write_and_nobody_loses_a_field(pair, captain, other):
    event = event_of(pair, captain)
    seen = seen_of(event)

    change(pair, event, captain, seen, planned="Пять историй.")
    change(pair, event, other, seen, outcome="Вышло.", planned="Три истории.")

    assert (event.planned, event.outcome) == ("Пять историй.", "Вышло.")


def test_second_text_of_one_field_is_refused_with_both(pair, captain, other):
    event = event_of(pair, captain)
    seen = seen_of(event)
    change(pair, event, captain, seen, planned="Пять историй.")

    with pytest.raises(RuleError, match="Соедините их"):
        change(pair, event, other, seen, planned="Семь историй.")
    assert event.planned == "Пять историй."


def test_two_who_save_one_field_at_once_lose_no_text(race, pair, captain, other):
    event = event_of(pair, captain)
    seen = seen_of(event)
    load, row, one, two = map(copies_of, (pair, event, captain, other))

    ended = race(
        lambda: change(load(), row(), one(), seen, planned="Пять."),
        lambda: change(load(), row(), two(), seen, planned="Семь."),
    )

    assert [str(one) for one in ended].count(CLASH) == 1


def test_nobody_writes_into_a_closed_pair(pair, captain, coordinator):
    event = event_of(pair, captain)
    close_pair(pair, actor=coordinator)

    with pytest.raises(RuleError, match=CLOSED):
        event_of(pair, captain)
    with pytest.raises(RuleError, match=CLOSED):
        remove_event(pair, event, author=captain)


def test_row_removed_meanwhile_is_not_changed(pair, captain, other):
    event = event_of(pair, captain)
    remove_event(pair, event, author=other)

    with pytest.raises(RuleError, match="эту строку убрали"):
        change(pair, event, captain, {}, planned="-")
    assert count(PairEvent) == 1


@pytest.mark.parametrize(
    ("signed", "event_days", "is_quiet"),
    [
        (100, None, True),
        (80, None, False),
        (100, -95, True),
        (100, 5, True),
        (100, -30, False),
    ],
)
def test_pair_without_an_event_for_a_quarter_is_quiet(
    team, other_team, captain, coordinator, signed, event_days, is_quiet
):
    pair = pair_of(team, other_team, coordinator, days_ago=signed)
    if event_days is not None:
        event_of(pair, captain, days=event_days)

    assert line_of(pair).is_quiet is is_quiet
    said = "Пара без мероприятий три месяца: Школа № 12 и Лицей № 3"
    assert quiet_in_words(coordinator) == (said if is_quiet else "")


def test_school_that_left_the_course_is_named(pair, other, other_team, admin):
    assert line_of(pair).gone == []

    leave_team(active_membership(other), actor=admin)

    assert line_of(pair).gone == [other_team.school]


def test_pair_is_seen_by_both_schools_and_who_leads_one(
    pair, captain, member, other, coordinator, other_tutor, tutor, admin
):
    everybody = (captain, member, other, coordinator, other_tutor, tutor, admin)

    seeing = [user for user in everybody if lines_for(user)]

    assert seeing == [captain, member, other, coordinator, admin]


def test_each_school_of_a_pair_is_told_what_they_did_in_the_year(pair, captain):
    event_of(pair, captain, outcome="Вышло.")
    event_of(pair, captain)
    event_of(pair, captain, days=-800)
    both, year = sa.select(School.id), SchoolYear.of(today())

    rows = pairs_of_schools(both, year)

    names = [pair.first.name, pair.second.name]
    assert {(row.school, row.other) for row in rows} == {tuple(names), (*names[::-1],)}
    assert [row.events for row in rows] == [2, 2]
    assert pairs_of_schools(both.where(School.id == 0), year) == []
    assert pairs_of_schools(both, SchoolYear.starting(2018)) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Лицей № 3", "лицей или гимназия"),
        ("Гимназия № 5", "лицей или гимназия"),
        ("Школа посёлка Заречный", "сельская школа"),
        ("Школа села Чик", "сельская школа"),
        ("Детский сад № 4", "детский сад"),
        ("Школа № 12", "школа"),
        ("Школа имени Селезнёва", "школа"),
    ],
)
def test_kind_of_a_school_is_told_by_its_name(name, kind):
    assert kind_of(School(name=name)) == kind


@pytest.fixture
def alike(team, other_team, territory, coordinator, module):
    """Two schools of one kind: one has accepted what the other got back."""
    look_after(coordinator, settle_school(other_team, territory.parent))
    other_team.school.name = "Школа № 5"
    for one, status in ((team, Status.ACCEPTED), (other_team, Status.RETURNED)):
        facts = {"cohort": one.cohort, "module": module, "sent_at": module.published_at}
        save(Submission(team=one, status=status, **facts))
    return team.school, other_team.school


def test_school_is_suggested_to_one_that_lacks_what_it_has(alike, coordinator):
    (one,) = suggestions_for(coordinator)

    assert (one.helps, one.learns) == alike
    assert one.lessons == [4]


def test_schools_of_another_kind_or_paired_are_not_suggested(
    alike, team, other_team, coordinator
):
    pair = pair_of(team, other_team, coordinator)
    assert suggestions_for(coordinator) == []

    close_pair(pair, actor=coordinator)
    other_team.school.name = "Лицей № 5"
    db.session.commit()

    assert suggestions_for(coordinator) == []


def test_event_that_is_over_without_a_word_is_untold(pair, captain):
    over = event_of(pair, captain, days=-3)
    lasting = event_of(pair, captain, days=-3, ends_on=today() + timedelta(days=1))

    assert (over.is_untold, lasting.is_untold) == (True, False)
