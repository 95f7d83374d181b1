"""What is left of a person who was erased: nothing that says who it was."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import send_mail
from lms.core.storage import stored_names
from lms.identity.accounts.models import SignIn, User
from lms.identity.accounts.password_links import find_by_password_link, password_link
from lms.identity.accounts.sign_ins import sign_in as come_in
from lms.identity.audit.models import AuditEvent
from lms.identity.erasures import erasing, kept_letters
from lms.identity.erasures.asking import ask_erasure
from lms.identity.erasures.erasing import erase, erase_all_due
from lms.identity.erasures.models import Erasure
from lms.identity.erasures.register import read_list
from lms.identity.requests.models import DataRequest
from lms.outcomes.certificates.models import Certificate
from lms.overview.agenda.models import CalendarAddress
from lms.overview.dossier.models import Export
from lms.overview.dossier.services import ask_for_copy
from lms.overview.search.models import Passage
from lms.schools.people.services import correct_person
from lms.schools.teams.models import Membership, Team
from lms.work.drafts.models import DraftField
from lms.work.quizzes.models import QuizResult
from tests.achievements import pass_quiz
from tests.conftest import PASSWORD, count, save
from tests.erasures import (
    ask,
    cells_with,
    do_jobs,
    end_the_days,
    erase_now,
    files_with,
)
from tests.older_rows import fill_tables
from tests.works import TEXTS, accept, send

NAME, EMAIL = "Орлов", "member@example.org"


@pytest.fixture
def busy(module, admin, member, team, tutor, sign_in):
    """Орлов Олег Сергеевич in the middle of the course, once called otherwise."""
    sign_in(member)
    accept(send(module, member, team), tutor)
    pass_quiz(member, module)
    was, now = "Сомов Олег", "Орлов Олег Сергеевич"
    correct_person(member, full_name=was, email="somov@example.org", actor=admin)
    correct_person(member, full_name=now, email=EMAIL, actor=admin)
    do_jobs()
    template = "identity/addresses/mail/changed.txt"
    send_mail(EMAIL, "Привет", template, person=member)
    db.session.commit()
    return member


def test_no_column_holds_a_name_or_an_address(busy):
    words = NAME, "Сомов", EMAIL, "somov@example.org"
    assert len(cells_with(*words)) > 4

    request = erase_now(busy)

    assert cells_with(*words) == set()
    assert busy.full_name == f"Удалённый участник № {busy.id}"
    assert request.done_at


def test_no_file_and_no_line_of_the_log_holds_them(busy, caplog):
    do_jobs()
    assert files_with(EMAIL)

    erase_now(busy)

    assert files_with(EMAIL, NAME) == []
    assert NAME not in caplog.text
    assert EMAIL not in caplog.text


def test_every_table_lets_its_person_go(app):
    with db.engine.begin() as connection:
        fill_tables(connection)
    person = db.session.get_one(User, 1)
    person.full_name, person.email, person.erased_at = "Жук Яна", "zhuk@x.ru", None
    erasure = db.session.get_one(Erasure, 1)
    erasure.called_off_at = erasure.erased_at = None
    erasure.erase_at = utcnow() - timedelta(days=1)
    count_on(AuditEvent, by=100)

    erase(1, despite_ties=True)
    do_jobs()

    assert cells_with("Жук", "zhuk@x.ru") <= {"erasure.known_as"}


def count_on(model, by):
    """Leave room behind rows that were added with numbers of their own."""
    db.session.commit()
    for table in db.metadata.tables.values():
        column = table.autoincrement_column
        if column is not None and db.engine.dialect.name == "postgresql":
            name = sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name)
            db.session.execute(sa.select(sa.func.setval(name, by)))
    db.session.commit()


def test_text_of_the_team_stays_and_what_is_ones_own_goes(busy):
    erase_now(busy)

    texts = set(db.session.scalars(sa.select(DraftField.text)))
    assert texts == set(TEXTS.values())
    assert count(QuizResult) == count(SignIn) == 0
    place = db.session.scalar(sa.select(Membership).filter_by(user_id=busy.id))
    assert place.left_at


def test_nobody_comes_back_by_the_password_or_an_old_link(busy, guest):
    save(CalendarAddress(user_id=busy.id, token="feed"))
    token = password_link(busy).rsplit("/", 1)[1]

    erase_now(busy)

    with pytest.raises(RuleError):
        come_in(EMAIL, PASSWORD)
    assert find_by_password_link(token) is None
    assert count(CalendarAddress) == 0


def test_certificate_keeps_the_name_and_is_still_confirmed(certificate, captain, guest):
    request = erase_now(captain)

    kept = db.session.get_one(Certificate, certificate.id)
    assert "Седова Анна Викторовна" in guest.get(f"/verify/{kept.code}").text
    assert cells_with("Седова") == {"certificate.holder_name"}
    assert request.done_at


def test_search_forgets_the_name(busy, team):
    save(Passage(kind="EDIT", source_id=99, text="Орлову скажем", words="орл"))

    erase_now(busy)

    assert "passage.text" not in cells_with("Орлову")


def test_tutor_leaves_teams_and_cohorts_that_go_on(team, cohort, tutor):
    team.tutor = cohort.lead = tutor
    db.session.commit()

    erase_now(tutor)

    assert (db.session.get_one(Team, team.id).tutor, cohort.lead) == (None, None)
    assert cohort.tutors == []


def test_cut_off_before_the_commit_all_is_as_before_and_is_done_later(
    busy, monkeypatch
):
    request = ask(busy)
    end_the_days(busy)
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "names_removed", None)  # the process ends here
        with pytest.raises(AttributeError):
            erase(request.id)
    db.session.rollback()
    assert busy.full_name == "Орлов Олег Сергеевич"

    erase_all_due({})
    do_jobs()

    assert cells_with(NAME, EMAIL) == set()


def test_list_outside_the_database_names_nobody(app, busy):
    erase_now(busy)

    path = app.config["INSTANCE"] / "erased.jsonl"
    assert [one.user_id for one in read_list(path)] == [busy.id]
    assert NAME not in path.read_text("utf-8")


def test_copy_of_the_data_goes_with_its_file(busy):
    for _ in range(2):
        ask_for_copy(busy, password=PASSWORD)
        do_jobs()
    ask_for_copy(busy, password=PASSWORD)
    stored = db.session.scalars(sa.select(Export.sha256)).all()
    assert len(stored) == 2

    erase_now(busy)

    assert count(Export) == 0
    assert not {*stored} & stored_names()
    assert not db.session.scalars(sa.select(DataRequest).filter_by(done_at=None)).all()


def test_nobody_is_erased_before_the_days_are_over(member):
    request = ask_erasure(member, password=PASSWORD).request

    do_jobs()
    erase(request.id)

    assert member.erased_at is None


def test_letters_of_others_that_name_the_person_leave_the_folder(app, busy, captain):
    template = "identity/addresses/mail/changed.txt"
    send_mail(captain.email, "Олег Орлов", template, person=captain)
    send_mail(captain.email, "Ваш план", template, person=captain)
    do_jobs()
    half = app.config["INSTANCE"] / "mail" / "half.eml.part"
    half.write_text("Subject: half\n\nОлег Орлов, добрый", encoding="utf-8")
    kept_letters.forget_kept_letters({"names": ["Олег Орлов"], "addresses": []})

    subjects = [p.read_bytes() for p in (app.config["INSTANCE"] / "mail").iterdir()]
    assert subjects
    assert not files_with("Олег Орлов")
