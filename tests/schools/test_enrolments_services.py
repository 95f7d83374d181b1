"""A list is uploaded, and happens once, when it is confirmed."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Job, handlers
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.services import (
    confirm_list,
    discard_list,
    plan_of,
    refused_of,
    upload_list,
)
from lms.schools.enrolments.verdicts import Verdict
from lms.schools.newcomers.models import Newcomer
from lms.schools.teams.models import Membership, Position, School, Team
from tests.conftest import count, member_of, person
from tests.lists import ANNA, HEADINGS, OLEG, as_csv, line, people
from tests.years import another_team


@pytest.fixture
def upload(cohort, admin):
    """Return a function that uploads a list of some lines."""

    def keep(*lines, into=None, content=None):
        content = content or as_csv(people(*lines))
        into = into or cohort
        return upload_list(into, content=content, name="список.csv", author=admin)

    return keep


@pytest.fixture
def confirm(admin):
    """Return a function that confirms what a list would change now."""

    def press(enrolment, *, remove=(), also=()):
        seen = plan_of(enrolment).fingerprint
        ticked = {"remove": remove, "also": also}
        return confirm_list(enrolment, seen=seen, **ticked, actor=admin)

    return press


def newcomer(email=ANNA):
    return db.session.scalars(sa.select(Newcomer).filter_by(email=email)).one()


def membership_of(user):
    return db.session.scalars(
        sa.select(Membership).filter_by(user_id=user.id, left_at=None)
    ).one_or_none()


def test_list_names_the_tutor_of_a_team(upload, confirm, cohort, tutor):
    content = as_csv([[*HEADINGS, "Тьютор"], [*line(), tutor.full_name]])

    confirm(upload(content=content))

    assert db.session.scalars(sa.select(Team)).one().tutor == tutor


def test_list_names_a_tutor_by_initials(upload, confirm, tutor):
    family, given, *_ = tutor.full_name.split()
    content = as_csv([[*HEADINGS, "Тьютор"], [*line(), f"{given[0]}. {family}"]])

    confirm(upload(content=content))

    assert db.session.scalars(sa.select(Team)).one().tutor == tutor


def test_name_that_fits_two_tutors_is_only_warned_about(upload, confirm, cohort, tutor):
    family, given, *_ = tutor.full_name.split()
    twin = person(f"{family} {given[0]}на", "twin@example.org")
    cohort.tutors.append(twin)
    db.session.commit()
    content = as_csv([[*HEADINGS, "Тьютор"], [*line(), f"{family} {given[0]}."]])

    assert confirm(upload(content=content)).doubtful


def test_tutor_of_another_cohort_is_only_warned_about(upload, confirm, other_tutor):
    content = as_csv([[*HEADINGS, "Тьютор"], [*line(), other_tutor.full_name]])

    plan = confirm(upload(content=content))

    assert f"тьютора «{other_tutor.full_name}» в этом" in plan.doubtful[0].warnings[0]
    assert db.session.scalars(sa.select(Team)).one().tutor is None


def test_nothing_happens_before_the_confirmation(upload):
    plan_of(upload())

    assert (count(School), count(Team), count(Newcomer), count(Job)) == (0, 0, 0, 0)


def test_confirmation_makes_schools_teams_and_invitations(upload, confirm):
    confirm(upload())

    assert db.session.scalars(sa.select(School)).one().label == (
        "Школа № 12, Новосибирск"
    )
    assert db.session.scalars(sa.select(Team)).one().name == "Опора"
    assert newcomer().is_captain
    assert newcomer(OLEG).position is Position.PARENT
    assert count(Job) == 1


def test_confirmation_stands_in_the_journal(upload, confirm, admin):
    confirm(upload(line(), line(email="")))

    lists = sa.select(AuditEvent).filter_by(object_type="Enrolment")
    event = db.session.scalars(lists).one()
    assert (event.actor_id, event.action) == (admin.id, "подтверждён список")
    assert event.after["новый"] == event.after["не принята"] == 1


def test_same_list_twice_changes_nothing(upload, confirm):
    confirm(upload())
    before = count(Newcomer), count(Job)

    again = upload()

    assert plan_of(again).counts[Verdict.SAME] == 2
    confirm(again)
    assert (count(Newcomer), count(School), count(Team)) == (2, 1, 1)
    assert before[0] == 2


def test_list_is_confirmed_once(upload, confirm):
    enrolment = upload()
    confirm(enrolment)

    with pytest.raises(RuleError, match="уже подтверждён"):
        confirm(enrolment)


def test_confirmation_in_parallel_has_one_winner(upload, admin, race):
    enrolment = upload()
    enrolment_id, admin_id = enrolment.id, admin.id
    seen = plan_of(enrolment).fingerprint

    def press():
        row = db.session.get(Enrolment, enrolment_id)
        actor = db.session.get(User, admin_id)
        return confirm_list(row, seen=seen, remove=[], actor=actor) and True

    results = race(*[press] * 4)

    assert results.count(True) == 1
    assert (count(Newcomer), count(School)) == (2, 1)


def test_two_copies_of_a_list_in_parallel_make_one_team(upload, admin, race):
    copies = [upload().id, upload().id]
    seen = plan_of(db.session.get(Enrolment, copies[0])).fingerprint
    admin_id = admin.id

    def press(enrolment_id):
        row = db.session.get(Enrolment, enrolment_id)
        actor = db.session.get(User, admin_id)
        return confirm_list(row, seen=seen, remove=[], actor=actor) and True

    results = race(*[lambda copy=copy: press(copy) for copy in copies])

    assert sorted(map(str, results))[0] == "True"
    assert "изменились" in str(next(r for r in results if r is not True))
    assert (count(Newcomer), count(Team)) == (2, 1)


def test_what_changed_meanwhile_is_shown_first(upload, admin, other):
    enrolment = upload(line(email=ANNA))
    seen = plan_of(enrolment).fingerprint
    other.email = ANNA
    db.session.commit()

    with pytest.raises(RuleError, match="сверен заново"):
        confirm_list(enrolment, seen=seen, remove=[], actor=admin)

    assert not enrolment.is_confirmed
    assert plan_of(enrolment).counts[Verdict.REFUSED] == 1


def test_closed_cohort_takes_nobody(upload, confirm, cohort):
    enrolment = upload()
    db.session.get(Cohort, cohort.id).state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="Поток завершён"):
        confirm(enrolment)
    with pytest.raises(RuleError, match="Поток завершён"):
        upload()


def test_refused_lines_are_kept_and_the_others_are_forgotten(upload, confirm):
    enrolment = upload(line(), line("Орлов Олег", "oleg"))
    before = [reason for _, reason in refused_of(enrolment)]

    confirm(enrolment)

    assert [reason for _, reason in refused_of(enrolment)] == before
    assert enrolment.lines == []
    assert enrolment.counts == {"NEW": 1, "CHANGED": 0, "SAME": 0, "REFUSED": 1}


def test_refused_line_does_nothing(upload, confirm):
    confirm(upload(line(), line("Орлов Олег", "oleg", team=["Ш", "О", "", "К"])))

    assert (count(Newcomer), count(School)) == (1, 1)


def test_nobody_is_removed_unless_ticked(upload, confirm, captain, member):
    confirm(upload(line(email=member.email)))

    assert membership_of(captain)


def test_ticked_people_leave_the_team(upload, confirm, captain, member):
    enrolment = upload(line(email=member.email))
    (absent,) = plan_of(enrolment).absent

    confirm(enrolment, remove=[absent.key])

    assert membership_of(captain) is None
    assert membership_of(member)


def test_only_those_whom_the_page_named_can_be_removed(upload, confirm, member, other):
    stranger = membership_of(other)

    confirm(upload(line(email=member.email)), remove=[f"member-{stranger.id}"])

    assert membership_of(other)


def test_ticked_invitation_is_withdrawn(upload, confirm):
    confirm(upload())
    enrolment = upload(line(captain="да"))
    (absent,) = plan_of(enrolment).absent

    confirm(enrolment, remove=[absent.key])

    assert not newcomer(OLEG).is_expected


def test_captain_is_handed_over(upload, confirm, captain, member):
    confirm(upload(line(email=member.email, captain="да", position="родитель")))

    assert membership_of(member).is_captain
    assert membership_of(member).position is Position.PARENT
    assert not membership_of(captain).is_captain


def test_expected_captain_is_replaced(upload, confirm):
    confirm(upload())

    confirm(upload(line("Орлов Олег", OLEG, "родитель", captain="да")))

    assert newcomer(OLEG).is_captain
    assert not newcomer().is_captain


def test_correction_reaches_the_invitation(upload, confirm):
    confirm(upload(line()))
    token = newcomer().token

    confirm(upload(line("Седова Анна Ильинична", team=["Лицей", "Омск", "", "Мост"])))

    assert newcomer().full_name == "Седова Анна Ильинична"
    assert newcomer().team.name == "Мост"
    assert newcomer().token == token


def test_list_can_be_forgotten(upload):
    discard_list(upload())

    assert count(Enrolment) == 0


def test_confirmed_list_cannot_be_forgotten(upload, confirm):
    enrolment = upload()
    confirm(enrolment)

    with pytest.raises(RuleError, match="уже подтверждён"):
        discard_list(enrolment)


def test_lists_that_nobody_confirmed_go_in_a_week(upload, confirm):
    confirm(upload())
    upload()
    weeks_ago = sa.update(Enrolment).values(created_at=utcnow() - timedelta(days=8))
    db.session.execute(weeks_ago)
    db.session.commit()
    fresh = upload()

    handlers["forget enrolment.created_at"]({})

    left = set(db.session.scalars(sa.select(Enrolment.confirmed_at)))
    assert (len(left), count(Enrolment)) == (2, 2)
    assert fresh in db.session


def test_thousand_lines_take_few_statements(upload, confirm, count_statements, team):
    member_of(team, person("Ждан Ольга", "zhdan@school12.ru"))
    enrolment = upload(
        *[
            line(
                f"Житель Номер{n}",
                f"n{n}@omsk.ru",
                team=[f"Ш {n % 10}", "Омск", "", "А"],
            )
            for n in range(1000)
        ]
    )

    with count_statements() as statements:
        confirm(enrolment)

    assert count(Newcomer) == 1000
    assert len(statements) < 60


@pytest.mark.parametrize(("also", "expected"), [([ANNA], [ANNA, OLEG]), ([], [OLEG])])
def test_who_is_ticked_of_another_cohort_is_invited(upload, confirm, also, expected):
    anna = person("Седова Анна Викторовна", ANNA)
    member_of(another_team(), anna)
    enrolment = upload(line(), line("Орлов Олег", OLEG))

    confirm(enrolment, also=also)

    invited = sa.select(Newcomer.email).order_by(Newcomer.email)
    assert db.session.scalars(invited).all() == expected
    assert len(refused_of(enrolment)) == 1 - len(also)
