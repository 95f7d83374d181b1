"""What came of requests, as year reports may tell it."""

import sqlalchemy as sa

from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.network.mentors.answering import tell_result
from lms.network.mentors.figures import RequestFigures, request_figures, unmet_topics
from lms.schools.teams.models import School
from tests.mentors import accepted_request, ask_for_help, backdated

SCHOOLS = sa.select(School.id)


def this_year():
    return SchoolYear.of(today())


def test_requests_are_counted_by_how_far_they_came(captain, mentor):
    ask_for_help(captain, mentor)
    told = accepted_request(captain, mentor)
    for by_mentor, actor in ((True, mentor.user), (False, captain)):
        tell_result(told, by_mentor=by_mentor, result="Да.", actor=actor)
    late = accepted_request(captain, mentor, days_ago=20)
    backdated(late, 12, "answered_at")

    assert request_figures(SCHOOLS, this_year()) == RequestFigures(3, 1, 2, 1)
    none = SCHOOLS.where(School.id == mentor.school_id)
    assert request_figures(none, this_year()).asked == 0


def test_topics_without_a_mentor_are_listed_by_how_often(captain, member, mentor):
    ask_for_help(captain, None, topic="Ещё о деньгах")
    ask_for_help(member, None, topic="еще О деньгах")
    ask_for_help(captain, None, topic="Архив")
    ask_for_help(captain, mentor, topic="Пары")

    assert unmet_topics(SCHOOLS, this_year()) == [
        ("Ещё о деньгах", 2, 1),
        ("Архив", 1, 1),
    ]
