"""What one person finds never holds a word of what another has for themselves."""

import pytest

from lms.core.language import today
from lms.outcomes.plans.services import add_action
from lms.overview.search.models import Kind
from lms.overview.search.results import find
from lms.overview.search.words import read_wanted
from lms.review.moderation.models import Reading
from lms.review.threads.services import write_message
from tests.conftest import count, person
from tests.works import accept, send, send_back

MARKER = "жирафовидный"


def kinds_found(user, typed=MARKER):
    return set(find(user, read_wanted(typed)).kinds)


@pytest.fixture
def world(module, team, captain, tutor):
    """A team whose every text holds the marker."""
    attempt = send(module, captain, team, zaprosy=f"{MARKER} запрос")
    write_message(
        attempt.submission, author=captain, text=MARKER, seen=0, form_key="1" * 32
    )
    send_back(attempt, tutor, summary=MARKER)
    add_action(team, what=MARKER, who="Завуч", due_on=today())
    return attempt.submission


OWN = {Kind.WORK, Kind.REMARK, Kind.MESSAGE, Kind.ACTION}


def test_team_its_tutor_and_admins_find_all_of_it(world, captain, member, tutor, admin):
    for user in (captain, member, tutor, admin):
        assert kinds_found(user) == OWN


def test_nobody_else_finds_any_of_it(world, other, other_tutor):
    stranger = person("Чужая Анна", "chuzhaya@example.ru")

    for user in (other, other_tutor, stranger):
        assert not kinds_found(user)


def test_second_reader_finds_the_work_and_no_word_about_it(
    module, cohort, captain, team, tutor, tutor2
):
    cohort.second_share = 100
    attempt = send(module, captain, team, zaprosy=MARKER)
    accept(attempt, tutor)
    assert count(Reading) == 1

    assert kinds_found(tutor2) == {Kind.WORK}
    assert Kind.REMARK not in kinds_found(tutor2, "хорошо")
    assert Kind.REMARK in kinds_found(tutor, "хорошо")


def test_whoever_left_the_team_finds_it_no_more(world, member):
    for membership in [m for m in world.team.memberships if m.user_id == member.id]:
        membership.left_at = membership.joined_at

    assert not kinds_found(member)


def test_search_of_all_kinds_takes_six_statements(world, admin, count_statements):
    assert admin.id  # is loaded

    with count_statements() as statements:
        find(admin, read_wanted(MARKER))

    assert len(statements) == 6
