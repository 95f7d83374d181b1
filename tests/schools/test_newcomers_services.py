"""People who were invited by name come in; letters go out and go again."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import Delivery, Job
from lms.core.language import day, today
from lms.course.cohorts.models import CohortState
from lms.course.content.course import Organiser
from lms.identity.accounts.models import Consent, ConsentDocument, User
from lms.schools.invitations.services import end_of_term
from lms.schools.newcomers.letters import ask_for_letters, send_again, write_invitation
from lms.schools.newcomers.models import Newcomer
from lms.schools.newcomers.progress import Progress, count_progress, listed, rows_of
from lms.schools.newcomers.services import (
    enter_team,
    register_newcomer,
    withdraw_newcomer,
)
from lms.schools.teams.models import Membership, Position
from tests.conftest import letters, member_of, person, save
from tests.sample_course import COURSE, store_course

ANNA = "anna@school12.ru"
STRONG = "утюг сирень вокзал"


@pytest.fixture
def invited(team, admin):
    """Return a function that invites a person by name."""

    def invite(email=ANNA, **facts):
        facts = {"expires_at": end_of_term(30)} | facts
        return save(
            Newcomer(
                email=email,
                full_name="Седова Анна Викторовна",
                position=Position.DEPUTY,
                team=team,
                token=f"token-{email}",
                invited_by=admin,
                **facts,
            )
        )

    return invite


@pytest.fixture
def anna(invited):
    """A deputy head who is expected in «Опора»."""
    return invited()


def register(newcomer, name="Седова Анна Викторовна"):
    return register_newcomer(
        newcomer, full_name=name, password=STRONG, consent_version=None
    )


def addresses():
    """Do the jobs and return where letters went."""
    return sorted(letter["to"] for letter in letters())


def test_newcomer_registers_into_the_team(anna, team):
    membership = register(anna)

    assert (membership.team_id, membership.position) == (team.id, Position.DEPUTY)
    assert membership.user.email == ANNA
    assert membership.user.email_confirmed_at
    assert not anna.is_expected


def test_link_works_once(anna):
    register(anna)
    db.session.get(User, 2).email = "new@school12.ru"
    db.session.commit()

    with pytest.raises(RuleError, match="больше не действует"):
        register(anna)


def test_double_click_makes_one_person(anna, race):
    anna_id = anna.id

    results = race(*[lambda: bool(register(db.session.get(Newcomer, anna_id)))] * 3)

    assert results.count(True) == 1
    assert db.session.scalar(sa.select(sa.func.count(Membership.id))) == 1


@pytest.mark.parametrize("fact", ["expires_at", "withdrawn_at"])
def test_ended_link_lets_nobody_in(invited, fact):
    newcomer = invited(**{fact: utcnow()})

    with pytest.raises(RuleError, match="больше не действует"):
        register(newcomer)
    assert not db.session.scalar(sa.select(User).filter_by(email=ANNA))


def test_closed_cohort_lets_nobody_in(anna, cohort):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="больше не действует"):
        register(anna)


def test_consent_is_stored_with_the_account(anna):
    save(ConsentDocument(version="1", title="Согласие", html=""))

    register_newcomer(anna, full_name="А Б", password=STRONG, consent_version="1")

    assert db.session.scalars(sa.select(Consent)).one()


def test_consent_to_an_old_text_makes_no_account(anna):
    save(ConsentDocument(version="2", title="Согласие", html=""))

    with pytest.raises(RuleError, match="текст согласия изменился"):
        register_newcomer(anna, full_name="А Б", password=STRONG, consent_version="1")

    assert anna.is_expected


def test_person_with_an_account_enters(anna, team):
    user = person("Седова Анна", ANNA)

    assert enter_team(anna, user=user).team_id == team.id


def test_link_is_for_one_person(anna, other):
    with pytest.raises(RuleError, match="на другую почту"):
        enter_team(anna, user=other)


def test_member_of_another_team_does_not_enter(invited, other):
    newcomer = invited(other.email)

    with pytest.raises(RuleError, match="уже состоите"):
        enter_team(newcomer, user=other)
    assert newcomer.is_expected


def test_first_one_leads_where_nobody_was_named(anna):
    assert register(anna).is_captain


def test_first_one_does_not_take_the_place_of_the_named_captain(anna, invited):
    invited("captain@school12.ru", is_captain=True)

    assert not register(anna).is_captain


def test_named_captain_takes_the_team_over(invited, captain):
    register(invited(is_captain=True))

    leads = sa.select(User.email).join(Membership).where(Membership.is_captain)
    assert db.session.scalars(leads).all() == [ANNA]


def test_withdrawn_newcomer_is_not_expected(anna, admin):
    withdraw_newcomer(anna, actor=admin)

    assert not anna.is_expected


def test_who_came_cannot_be_withdrawn(anna, admin):
    register(anna)

    with pytest.raises(RuleError, match="уже в команде"):
        withdraw_newcomer(anna, actor=admin)


def test_each_person_gets_one_letter(anna, invited, team):
    invited("oleg@school12.ru")
    ask_for_letters(team.cohort_id)
    ask_for_letters(team.cohort_id)
    db.session.commit()

    assert addresses() == [ANNA, "oleg@school12.ru"]
    text = letters()[0]["text"]
    assert f"/newcomers/{anna.token}" in text
    assert "«Опора» (Школа № 12, Новосибирск)" in text


@pytest.mark.parametrize(
    ("state", "days", "said"),
    [
        (CohortState.OPEN, -1, "Первое занятие можно читать сразу."),
        (CohortState.OPEN, 9, "Первое занятие откроется {}."),
        (CohortState.PLANNED, 9, "Первое занятие откроется {}."),
        (CohortState.PLANNED, -1, "Первое занятие откроется, когда начнётся поток."),
    ],
)
def test_letter_names_the_day_of_the_first_lesson(invited, module, state, days, said):
    newcomer, opens_on = invited(is_captain=True), today() + timedelta(days=days)
    cohort = newcomer.team.cohort
    cohort.state, cohort.rows[0].opens_on = state, opens_on
    db.session.commit()

    text = write_invitation({"newcomer": newcomer.id})["text"]

    assert "Вы будете её капитаном. Откройте ссылку и придумайте пароль:" in text
    assert said.format(day(opens_on)) in text


def test_letter_to_who_has_an_account_asks_for_no_new_password(anna):
    known = save(person("Седова Анна", ANNA))

    text = write_invitation({"newcomer": anna.id})["text"]
    known.closed_at = utcnow()
    db.session.commit()
    later = write_invitation({"newcomer": anna.id})["text"]

    assert "Откройте ссылку и войдите со своим паролем:" in text
    assert "Откройте ссылку и придумайте пароль:" in later


def test_letter_to_a_stranger_has_a_way_out(anna):
    organiser = Organiser(name="Центр", email="kurs@school.ru")
    store_course(COURSE.model_copy(update={"organiser": organiser}))

    letter = write_invitation({"newcomer": anna.id})
    way_out = letter["headers"]["List-Unsubscribe"]
    assert way_out.startswith("<mailto:kurs@school.ru?subject=%D0%9D")
    assert letter["sender"] == "Центр"


def test_who_has_come_gets_no_letter(anna, invited, member, team):
    invited(member.email)
    register(anna)
    ask_for_letters(team.cohort_id)
    db.session.commit()

    assert letters() == []


def test_letter_goes_again_to_those_who_have_not_come(anna, invited, cohort):
    oleg = invited("oleg@school12.ru")
    ask_for_letters(cohort.id)
    db.session.commit()
    assert len(letters()) == 2
    register(oleg)

    assert send_again(cohort) == 1
    assert send_again(cohort) == 0
    assert addresses() == [ANNA, ANNA, "oleg@school12.ru"]


def test_failed_letter_is_tried_at_once_and_not_written_twice(anna, cohort):
    anna.letter_key, anna.letters = "x", 1
    later = end_of_term(1)
    facts = {"error": "нет связи", "run_at": later, "parked_at": utcnow()}
    job = Job(kind="mail", payload={}, key="x", **facts)
    save(job)

    assert send_again(cohort, newcomer_id=anna.id) == 1
    assert [job] == db.session.scalars(sa.select(Job)).all()
    db.session.refresh(job)
    assert job.run_at < later
    assert job.parked_at is None


def test_letter_again_gives_the_link_its_term_anew(invited, cohort):
    newcomer = invited(expires_at=utcnow(), letter_key="x")

    send_again(cohort)

    assert newcomer.is_usable


def test_letter_that_lay_for_long_gives_the_link_its_term_anew(invited):
    newcomer = invited(expires_at=utcnow())

    write_invitation({"newcomer": newcomer.id})

    assert newcomer.is_usable


def test_closed_cohort_writes_to_nobody(invited, cohort):
    invited(letter_key="x")
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert send_again(cohort) == 0


@pytest.mark.parametrize(
    ("letter", "progress"),
    [
        (None, Progress.WAITING),
        ({"error": ""}, Progress.WAITING),
        ({"error": "нет связи"}, Progress.FAILED),
        ({"error": "", "done_at": utcnow()}, Progress.SENT),
        ({"done_at": utcnow(), "delivery": Delivery.SENT}, Progress.SENT),
        ({"done_at": utcnow(), "delivery": Delivery.KEPT}, Progress.KEPT),
    ],
)
def test_progress_of_a_letter(invited, cohort, letter, progress):
    newcomer = invited(letter_key="x" if letter else None)
    if letter:
        save(Job(kind="mail", payload={}, key="x", **letter))

    assert count_progress(cohort)[progress] == 1
    assert rows_of([newcomer])[0].progress is progress
    assert db.session.scalars(listed(cohort, progress)).all() == [newcomer]


def test_who_came_by_the_common_link_has_come(anna, team, cohort):
    member_of(team, person("Седова Анна", ANNA))

    assert count_progress(cohort)[Progress.ACCEPTED] == 1


def test_letter_that_is_tried_again_has_the_name_it_had(anna, team):
    wanted = {"newcomer": anna.id, "email": anna.email}
    names = []
    for key in ("letter 1", "letter 1", "letter 2"):
        anna.letter_key = key
        names.append(write_invitation(wanted)["message_id"])

    assert names[0] == names[1] != names[2]
