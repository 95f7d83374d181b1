"""What an admin is told when letters and other jobs are not done."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import NBSP
from lms.core.worker import Heartbeat, beat
from lms.identity.accounts.models import Role
from lms.identity.accounts.password_links import request_password_link
from lms.overview.home.attention import read_attention
from lms.overview.home.troubles import TRIES
from tests.conftest import letters, save
from tests.works import send, send_back


@pytest.fixture
def told(admin):
    """Return a function that reads what the admin is told, while a worker lives."""
    beat()
    return lambda: [
        one.sentence.replace(NBSP, " ") for one in read_attention(admin).concerns
    ]


def fail(*kinds, **facts):
    for kind in kinds:
        save(Job(kind=kind, payload={}, tries=TRIES, error="нет связи", **facts))


def test_letters_that_do_not_leave_are_told_as_letters(told):
    fail("mail", "mailing_copy")

    [sentence] = told()
    assert sentence.startswith("2 письма не уходят")


def test_other_jobs_that_fail_are_told_as_jobs(told):
    fail("digests", "sweep_uploads", "excerpts")

    [sentence] = told()
    assert sentence.startswith("3 фоновые задачи стоят")


def test_letters_and_jobs_are_told_apart(told):
    fail("mail", "digests")

    mail, jobs = told()
    assert mail.startswith("1 письмо не уходит")
    assert jobs.startswith("1 фоновая задача стоит")


def test_nobody_promises_to_try_what_failed_for_good(told):
    fail("mail", "digests", parked_at=utcnow())

    mail, jobs = told()
    assert mail == "1 письмо не ушло, и сайт больше не пробует: посмотрите причину"
    assert jobs == "1 задание не вышло, и сайт больше не пробует: посмотрите причину"


def test_letters_that_wait_for_long_are_told(told):
    save(Job(kind="mail", payload={}, run_at=utcnow() - timedelta(minutes=61)))
    save(Job(kind="mail", payload={}))

    assert told() == ["1 письмо ждёт отправки больше часа"]


def test_letter_is_counted_where_its_page_shows_it(told):
    late = utcnow() - timedelta(hours=2)
    save(Job(kind="mail", payload={}, tries=TRIES, run_at=late))

    assert told() == ["1 письмо ждёт отправки больше часа"]


def test_letter_about_a_kept_decision_is_not_counted(
    told, admin, module, captain, team, cohort, tutor
):
    admin.roles = frozenset({Role.ADMIN, Role.TUTOR})
    cohort.tutors.append(admin)
    cohort.second_share = 100
    db.session.commit()
    send_back(send(module, captain, team), tutor)
    late = utcnow() - timedelta(hours=2)
    db.session.execute(sa.update(Job).values(run_at=late))
    db.session.commit()

    assert [one for one in told() if "ждёт отправки" in one] == []


def test_silent_worker_is_told_once_whatever_waits(told):
    save(Job(kind="mail", payload={}, run_at=utcnow() - timedelta(hours=2)))
    db.session.execute(sa.update(Heartbeat).values(at=utcnow() - timedelta(minutes=11)))

    [sentence] = told()
    assert "flask jobs run" in sentence


def test_missing_mail_server_of_a_real_site_is_told(told, app):
    app.config["LMS_PRODUCTION"] = True
    assert told() == ["Почта не настроена: письма никому не уходят, задайте SMTP_URL"]

    app.config["SMTP_URL"] = "smtp://mail.example.org"
    assert told() == []


def test_all_of_it_takes_one_statement(told, admin, count_statements):
    fail("mail", "digests", parked_at=utcnow())
    read_attention(admin)

    with count_statements() as statements:
        told()

    assert sum(" job" in statement for statement in statements) == 1


def test_letters_in_the_folder_are_told_until_they_are_sent(told, app, member):
    request_password_link(member.email)
    letters()
    assert told() == ["1 письмо лежит в папке: почта не настроена"]

    app.config["SMTP_URL"] = "smtp://mail.example.org"
    assert told() == ["1 письмо так и не ушло: отправьте его"]


def test_letters_in_the_folder_did_not_fail(told, member, other):
    for person in (member, other):
        request_password_link(person.email)
    letters()

    assert told() == ["2 письма лежат в папке: почта не настроена"]
