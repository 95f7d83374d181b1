"""One person in two cohorts: which team pages show, and what stays apart."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CohortState
from lms.overview.announcements.services import Words, announce
from lms.overview.search.results import find
from lms.overview.search.words import read_wanted
from lms.review.questions.models import Question
from lms.schools.invitations.services import current_invitation, invite
from lms.schools.members.services import add_member, choose_team, leave_team
from lms.schools.teams.models import Position
from lms.schools.teams.permissions import active_membership, active_memberships
from lms.work.submissions.models import Submission
from tests.conftest import count, save
from tests.questions import ANCHOR
from tests.years import another_team, join_another_cohort


@pytest.fixture
def first(captain):
    return active_membership(captain)


@pytest.fixture
def second(captain, first):
    return join_another_cohort(captain.email, is_shown=True)


def test_team_that_was_joined_last_is_shown(captain, first, second):
    assert active_membership(captain) == second
    assert [*active_memberships(captain)] == [second, first]


def test_chosen_team_is_shown(sign_in, captain, first, second):
    browser = sign_in(captain)

    page = browser.post(f"/members/{first.id}/choose", follow_redirects=True).text

    assert active_membership(captain) == first
    assert page.count('aria-current="true">«Опора»') == 1


def test_other_team_is_shown_when_the_chosen_one_is_left(captain, admin, first, second):
    choose_team(first)

    leave_team(first, actor=admin)

    assert active_membership(captain) == second


def test_nobody_is_in_two_teams_of_a_cohort(captain, other_team):
    with pytest.raises(RuleError, match="этого потока"):
        add_member(
            other_team, user=captain, position=Position.TEACHER, is_captain=False
        )


def test_database_knows_the_cohort_of_the_team(captain, first, second):
    first.cohort_id = second.cohort_id

    with pytest.raises(sa.exc.IntegrityError):
        db.session.commit()


def test_person_of_one_team_has_no_choice(sign_in, member):
    assert "Мои команды" not in sign_in(member).get("/home/").text


def test_invitation_of_another_cohort_lets_in(sign_in, captain, admin):
    team = another_team()
    invite(team, actor=admin)
    link = f"/invitations/{current_invitation(team).token}"
    browser = sign_in(captain)

    page = browser.get(link).text
    browser.post(f"{link}/enter", data={"position": "DEPUTY"})

    assert "Вы остаётесь и в команде «Опора»" in page
    assert active_membership(captain).team == team


def test_lesson_of_the_other_team_stays_readable(sign_in, captain, module, second):
    page = sign_in(captain).get(f"/modules/{module.slug}/")

    assert page.status_code == 200


def test_finished_cohort_stays_readable(sign_in, captain, module, first, second):
    first.team.cohort.state = CohortState.CLOSED
    save(first)

    assert sign_in(captain).get(f"/modules/{module.slug}/").status_code == 200
    assert sign_in(captain).get(f"/teams/{first.team_id}/").status_code == 200
    assert sign_in(captain).get(f"/plans/{first.team_id}/").status_code == 200


def test_tab_of_the_first_team_begins_no_work_of_the_second(
    sign_in, captain, module, first, second
):
    browser = sign_in(captain)
    browser.post(f"/members/{first.id}/choose")
    tab = browser.get(f"/modules/{module.slug}/").text
    browser.post(f"/members/{second.id}/choose")

    browser.post(f"/submissions/start/{module.slug}", data={"team": first.team_id})

    assert f'name="team" value="{first.team_id}"' in tab
    assert db.session.scalars(sa.select(Submission)).one().team == first.team


def test_work_of_a_team_of_others_is_not_begun(sign_in, captain, module, other_team):
    start = f"/submissions/start/{module.slug}"

    answer = sign_in(captain).post(start, data={"team": other_team.id})

    assert (answer.status_code, count(Submission)) == (404, 0)


def test_question_is_asked_for_the_team_that_takes_the_lesson(
    sign_in, captain, module, first, second
):
    browser = sign_in(captain)
    page = browser.get(f"/questions/{module.slug}/ask").text
    form = {"place": ANCHOR, "text": "Сколько запросов?", "team": first.team_id}

    browser.post(f"/questions/{module.slug}/ask", data=form)

    assert f'name="team" value="{first.team_id}"' in page
    assert "увидят команда «Опора» и тьюторы" in page
    assert db.session.scalars(sa.select(Question)).one().team == first.team


def test_person_of_two_teams_is_found_once(captain, admin, first, second):
    wanted = read_wanted("Седова")

    assert find(admin, wanted).people == [(captain, second.team_id)]
    assert find(captain, wanted).people == [(captain, second.team_id)]


def test_colleague_is_found_with_the_team_that_the_finder_sees(
    captain, member, first, second
):
    assert find(member, read_wanted("Седова")).people == [(captain, first.team_id)]


def test_announcement_says_to_which_cohort(sign_in, captain, admin, first, second):
    for place in (first, second):
        words = Words("Вебинар", "В среду.", today())
        announce(place.team.cohort, None, words, author=admin)

    page = sign_in(captain).get("/home/").text

    assert page.count("· Осень 2026</p>") == page.count("· Осень 2027</p>") == 1
