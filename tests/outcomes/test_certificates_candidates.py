"""Who is how far from the certificate, for many people at once."""

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import run_cohorts
from lms.identity.accounts.permissions import VIEWER, anybody_like
from lms.outcomes.certificates import services
from lms.outcomes.certificates.candidates import by_team, candidates_of
from lms.outcomes.certificates.readiness import ready_count, rules_of
from lms.outcomes.certificates.registry import certificates_of
from lms.schools.teams.models import School, Team
from tests.achievements import credit, finish, pass_quiz
from tests.conftest import member_of, person, save


@pytest.fixture
def names(cohort, tutor):
    """Return a function that tells who is listed in the cohort."""
    return lambda: [one.user.full_name for one in candidates_of([cohort], tutor)]


def ready_people(viewer):
    """Look at each person whose cohort has a rule."""
    opened = run_cohorts(viewer).where(Cohort.rule.is_not(None))
    everybody = candidates_of(db.session.scalars(opened).all(), viewer)
    return [person for person in everybody if person.is_ready]


def count(viewer):
    """Ask the database how many are ready, and compare with a look at each person."""
    counted = ready_count(rules_of(viewer), anybody_like(viewer))
    ready = db.session.scalar(sa.select(counted), {VIEWER: viewer.id})
    assert ready == len(ready_people(viewer))
    return ready


def leave(team):
    for membership in team.memberships:
        membership.left_at = utcnow()
    db.session.commit()


def test_everybody_is_listed_by_name(names, captain, member):
    assert names() == ["Орлов Олег Сергеевич", "Седова Анна Викторовна"]


def test_ready_is_who_has_done_everything(graduate, member, tutor):
    assert [one.user for one in ready_people(tutor)] == [graduate]
    assert count(tutor) == 1


def test_certified_person_is_not_ready_again(certificate, cohort, tutor):
    (candidate,) = candidates_of([cohort], tutor)

    assert candidate.certificate == certificate
    assert (candidate.is_certified, candidate.is_ready) == (True, False)
    assert count(tutor) == 0


def test_revoked_person_is_not_ready_by_itself(certificate, cohort, admin):
    services.revoke_certificate(certificate, reason="Выдан по ошибке", actor=admin)

    (candidate,) = candidates_of([cohort], admin)

    assert (candidate.is_certified, candidate.is_ready) == (False, False)


def test_who_left_unfinished_is_not_listed(names, module, team, member):
    leave(team)

    assert names() == []


def test_who_left_with_everything_done_is_listed(names, team, graduate, member):
    leave(team)

    assert names() == ["Седова Анна Викторовна"]


def test_who_came_back_is_listed_once(names, team, member):
    leave(team)
    member_of(team, member)

    assert names() == ["Орлов Олег Сергеевич"]


def test_team_with_somebody_ready_comes_first(cohort, other, graduate, tutor):
    teams = by_team(candidates_of([cohort], tutor))

    assert [team.team.name for team in teams] == ["Опора", "Мост"]
    assert [len(team.ready) for team in teams] == [1, 0]


def test_tutor_counts_own_cohorts_and_admin_all(graduate, other_tutor, admin):
    assert (count(other_tutor), count(admin)) == (0, 1)


def test_cohort_that_is_not_open_has_nobody_ready(cohort, graduate, tutor):
    cohort.rule = None
    db.session.commit()

    assert count(tutor) == 0


def test_many_people_in_many_cohorts_cost_the_same(
    cohort, accepted, team, tutor, count_statements
):
    def cost():
        db.session.refresh(tutor)
        with count_statements() as statements:
            ready_people(tutor)
        return len(statements)

    before = cost()
    for n in range(4):
        finish(member_of(team, person(f"Имя {n}", f"{n}@example.org")), accepted)
    add_cohort(cohort, tutor)

    assert cost() == before


def add_cohort(like, tutor):
    """Open another cohort with a team of one person."""
    cohort = Cohort(
        name="Весна 2027",
        calendar=like.calendar,
        starts_on=like.starts_on,
        state=CohortState.OPEN,
        rule=like.rule,
        tutors=[tutor],
    )
    school = School(name="Школа № 5", municipality="Омск")
    team = save(Team(school=school, cohort=cohort, name="Круг"))
    member_of(team, person("Новикова Ия", "new@example.org"))


def test_person_holds_every_certificate_the_newest_first(certificate, admin, graduate):
    words = {name: getattr(certificate, name) for name in services.CORRECTED}
    words["holder_name"] = "Седова Яна"

    new = services.replace_certificate(certificate, corrected=words, actor=admin)

    assert certificates_of(graduate.id, new.cohort_id) == [new, certificate]


def test_database_counts_what_a_look_at_each_person_finds(
    accepted, cohort, team, tutor
):
    people = [member_of(team, person(f"№ {n}", f"{n}@example.org")) for n in range(5)]
    done, unread, uncredited, failed, _ = people
    pass_quiz(finish(done, accepted), accepted.module, percent=10)
    credit(unread, accepted)
    pass_quiz(uncredited, accepted.module)
    pass_quiz(failed, accepted.module, percent=69)
    credit(failed, accepted)
    add_cohort(cohort, tutor)

    assert count(tutor) == 1


def test_nobody_is_kept_from_what_asks_for_nothing(cohort, member, tutor):
    assert count(tutor) == 1


def test_who_left_finished_and_came_back_counts_once(team, graduate, tutor):
    leave(team)
    assert count(tutor) == 1

    member_of(team, graduate)

    assert count(tutor) == 1
