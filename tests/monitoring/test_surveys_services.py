"""Whoever answers a survey is noted; what was answered leads to nobody."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.services import close_cohort, reopen_cohort
from lms.monitoring.surveys.models import (
    Reply,
    Respondent,
    SurveyEdition,
    SurveyRound,
    Words,
)
from lms.monitoring.surveys.standing import asked_of
from lms.schools.teams.permissions import active_memberships
from tests.conftest import copies_of, count
from tests.measuring import asking_of, close_survey, replies_of, reply


def is_asked(user):
    """Whether a person is asked to answer."""
    return bool(asked_of(user, active_memberships(user)))


def test_survey_is_asked_for_four_weeks_from_the_due_day_of_its_lesson(
    surveyed, member
):
    days = {}
    for ago in (-1, 0, 28, 29):
        surveyed.rows[1].due_on = today() - timedelta(days=ago)
        db.session.commit()
        days[ago] = is_asked(member)

    assert days == {-1: False, 0: True, 28: True, 29: False}


def test_person_answers_once(surveyed, member):
    reply(member, 5)
    asking = asking_of(member)
    reply(member, 1)

    assert (asking.is_answered, is_asked(member)) == (True, False)
    assert (count(Respondent), count(Reply)) == (1, 1)
    assert db.session.scalar(sa.select(Reply.marks))["polza"] == 5


def test_two_clicks_answer_once(surveyed, member, race):
    person = copies_of(member)

    race(*[lambda: reply(person(), 3, "Больше встреч.")] * 2)

    assert (count(Respondent), count(Reply), count(Words)) == (1, 1, 1)


def test_people_who_answer_at_once_are_both_heard(surveyed, member, captain, race):
    first, second = copies_of(member), copies_of(captain)

    race(lambda: reply(first(), 3, "Раз."), lambda: reply(second(), 5, "Два."))

    assert (count(Respondent), count(Reply), count(Words)) == (2, 2, 2)


def test_nothing_beside_the_answer_tells_who_gave_it():
    kept = {column.name for column in Reply.__table__.columns}
    words = {column.name for column in Words.__table__.columns}

    assert kept == {"id", "round_id", "school_id", "marks"}
    assert words == {"id", "round_id", "text"}
    assert {c.name for c in Respondent.__table__.columns} == {"round_id", "user_id"}


def test_answers_lie_in_the_order_of_their_random_names(surveyed, team, other_team):
    replies_of(team, 6)
    replies_of(other_team, 6, words="Ещё.")

    for table in ("survey_reply", "survey_words"):
        place = "ctid" if db.engine.name == "postgresql" else "id"
        laid = list(
            db.session.scalars(sa.text(f"select id from {table} order by {place}"))
        )
        assert laid == sorted(laid)


def test_no_answer_keeps_the_transaction_in_which_it_came(surveyed, team):
    replies_of(team, 6)

    if db.engine.name == "postgresql":
        marks = sa.text("select count(distinct xmin::text) from survey_reply")
        assert db.session.scalar(marks) == 1
    else:
        with pytest.raises(sa.exc.OperationalError, match="rowid"):
            db.session.execute(sa.text("select rowid from survey_reply"))


def test_first_answer_keeps_the_text_and_the_last_day(
    surveyed, member, captain, survey
):
    last = asking_of(member).closes_on
    reply(member)

    surveyed.rows[1].due_on = today() + timedelta(days=60)
    db.session.add(
        SurveyEdition(
            slug=survey.slug,
            title="Иначе",
            after_module=survey.after_module,
            content_hash="1",
            content={},
        )
    )
    db.session.commit()

    assert asking_of(captain).closes_on == last
    assert asking_of(captain).edition_id == survey.id


def test_survey_that_is_over_takes_no_answer(surveyed, member, captain):
    reply(member)
    close_survey()

    with pytest.raises(RuleError, match="закрыт"):
        reply(captain)

    assert (is_asked(captain), count(Reply)) == (False, 1)


def test_cohort_that_goes_on_does_not_open_a_survey_again(
    surveyed, member, captain, admin
):
    reply(member)
    close_cohort(surveyed, actor=admin)
    reopen_cohort(surveyed, actor=admin)

    assert not is_asked(captain)
    assert db.session.scalar(sa.select(SurveyRound)).is_over


def test_survey_that_was_taken_away_is_not_asked(surveyed, member, survey):
    gone = {"slug": survey.slug, "title": survey.title, "after_module": None}
    db.session.add(SurveyEdition(**gone, content_hash="1", content={}))
    db.session.commit()

    assert not is_asked(member)
