"""The rows by which stuck teams are counted, beside the matrix that they stand for."""

import logging

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.overview.progress.matrix import matrices_of
from lms.overview.progress.models import StuckTeam
from lms.overview.progress.stuck import look_over, recount_all, stuck_cohorts
from lms.schools.members.services import leave_team, make_captain, return_to_team
from lms.schools.people.services import close_account, reopen_account
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.services import save_field
from tests.conftest import count, letters, save
from tests.history import age, days_ago
from tests.works import accept, crowd, send, send_back

pytestmark = pytest.mark.usefixtures("long_under_way")


def kept(viewer):
    return {one.cohort_id: one.teams for one in stuck_cohorts(viewer)}


def jobs_about_teams():
    return db.session.scalars(sa.select(Job).where(Job.kind == "stuck_team")).all()


@pytest.mark.parametrize("days", [5, 9, 10, 13, 14, 40])
def test_rows_count_what_the_matrix_shows(
    days, module, cohort, team, other_team, captain, other, member, tutor, admin
):
    send_back(send(module, captain, team), tutor)
    crowd(module, cohort, captain, 3)
    age(days)

    recount_all()

    cohorts = db.session.scalars(sa.select(Cohort)).all()
    slow = {m.cohort.id: len(m.stuck) for m in matrices_of(cohorts) if m.stuck}
    assert kept(admin) == kept(tutor) == slow


def test_team_counts_from_its_moment_on_without_another_count(
    module, cohort, team, captain, tutor
):
    send_back(send(module, captain, team), tutor)
    age(9)
    recount_all()
    before = kept(tutor)
    row = db.session.scalars(sa.select(StuckTeam)).one()

    row.from_at = utcnow()
    db.session.commit()

    assert (before, kept(tutor)) == ({}, {cohort.id: 1})


def test_team_that_writes_again_counts_no_more(module, cohort, team, captain, tutor):
    work = send_back(send(module, captain, team), tutor).attempt.submission
    age(20)
    recount_all()
    assert kept(tutor) == {cohort.id: 1}

    save_field(work, "zaprosy", "Семеро", base_version=1, author=captain)
    save_field(work, "zaprosy", "Восемь", base_version=2, author=captain)

    assert len(jobs_about_teams()) == 1
    letters()
    assert kept(tutor) == {}


def test_writing_in_a_team_that_does_well_asks_for_nothing(
    module, cohort, team, captain, tutor
):
    send_back(send(module, captain, team), tutor)
    recount_all()

    assert jobs_about_teams() == []


def test_team_without_a_captain_counts_at_once(cohort, team, captain, member, admin):
    leave_team(active_membership(captain), actor=admin)
    letters()
    without = kept(admin)

    make_captain(active_membership(member), actor=admin)
    letters()

    assert (without, kept(admin)) == ({cohort.id: 1}, {})


def test_closed_account_of_a_captain_counts_until_it_is_opened(
    module, cohort, team, captain, member, admin
):
    send(module, captain, team)
    close_account(captain, actor=admin)
    letters()
    closed = kept(admin)

    reopen_account(captain, actor=admin)
    letters()

    assert (closed, kept(admin)) == ({cohort.id: 1}, {})


def test_whoever_returns_has_the_team_counted_anew(cohort, team, captain, admin):
    left = active_membership(captain)
    leave_team(left, actor=admin)

    return_to_team(left, actor=admin)

    letters()
    assert kept(admin) == {cohort.id: 1}


def test_night_mends_a_wrong_row_and_writes_it_down(
    module, cohort, team, captain, admin, caplog
):
    send(module, captain, team)
    letters()
    wrong = StuckTeam(team_id=team.id, cohort_id=cohort.id, from_at=days_ago(1))
    save(wrong)

    with caplog.at_level(logging.WARNING):
        look_over({"day": today().isoformat()})
        letters()

    assert kept(admin) == {}
    assert f"cohort {cohort.id}: stuck teams mended: [{team.id}]" in caplog.text


def test_command_counts_everything_anew(app, cohort, team, captain, member):
    active_membership(captain).left_at = utcnow()
    db.session.commit()

    first = app.test_cli_runner().invoke(args=["progress", "recount"])
    second = app.test_cli_runner().invoke(args=["progress", "recount"])

    assert first.output == "Осень 2026: исправлено 1\n"
    assert second.output == "Осень 2026: всё верно\n"
    assert count(StuckTeam) == 1


def test_only_cohorts_of_the_person_count(cohort, team, tutor, other_tutor):
    recount_all()

    assert kept(tutor) == {cohort.id: 1}
    assert kept(other_tutor) == {}


def test_second_reader_learns_nothing_of_a_returned_work_by_a_number(
    module, cohort, team, captain, tutor, tutor2
):
    cohort.second_share = 100
    work = accept(send(module, captain, team), tutor).attempt.submission
    kept_before = kept(tutor2)
    save(StuckTeam(team_id=team.id, cohort_id=work.cohort_id, from_at=days_ago(1)))

    assert kept_before == kept(tutor2) == {}
    assert kept(tutor) == {cohort.id: 1}
