"""The page on which admins see where letters are."""

import re

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Delivery, Job
from lms.core.language import NBSP
from lms.core.worker import beat
from lms.course.settings.mail_check import CHECKED
from lms.identity.accounts.models import Role
from lms.identity.audit.services import record
from lms.identity.outbox.listing import PAGE
from lms.schools.people.services import invite_person
from tests.conftest import letters, save
from tests.mail_server import mail_server


@pytest.fixture
def browser(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def page(browser):
    """Return a function that reads the page."""
    return lambda query="": browser.get(f"/outbox/?{query}").text.replace(NBSP, " ")


def mail(subject="Пароль изменён", **facts):
    """Store a job that sends a letter."""
    payload = {"to": "anna@example.org", "subject": subject, "text": "секрет"}
    return save(Job(kind="mail", payload=payload, **facts))


def parked(kind="mail", error="550 такого ящика нет"):
    return save(Job(kind=kind, payload={}, error=error, tries=3, parked_at=utcnow()))


def test_letter_is_named_without_its_text(page):
    mail()

    shown = page()

    assert "Пароль изменён — anna@example.org" in shown
    assert "в очереди</span>" in shown
    assert "секрет" not in shown


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"done_at": utcnow(), "delivery": Delivery.SENT}, "ушло</span>"),
        ({"done_at": utcnow(), "delivery": Delivery.KEPT}, "лежит в папке</span>"),
        ({"done_at": utcnow()}, "не понадобилось</span>"),
        ({"error": "сервер молчит", "tries": 1}, "не уходит: сервер молчит"),
    ],
)
def test_each_letter_says_where_it_is(page, facts, said):
    mail(**facts)

    assert said in page()


def test_what_failed_for_good_stands_first(page):
    parked()
    mail("Работу зачли")

    shown = page()

    assert shown.index("550 такого ящика нет") < shown.index("Работу зачли")
    assert shown.count("550 такого ящика нет") == 1


def test_other_jobs_that_failed_are_not_called_letters(page):
    parked("digests", "нет связи с базой")

    shown = page()

    assert "Задания, которые не вышли" in shown
    assert "Утренние письма <" in shown
    assert "Не ушли, сайт" not in shown


def test_letter_is_tried_again(browser):
    job = parked()

    browser.post(f"/outbox/{job.id}/again")

    db.session.refresh(job)
    assert (job.parked_at, job.error, job.tries) == (None, "", 0)


def test_all_letters_are_tried_again_and_no_other_jobs(browser):
    letters, other = [parked(), parked("newcomer letter")], parked("digests")

    browser.post("/outbox/again")

    db.session.expire_all()
    assert [job.parked_at for job in letters] == [None, None]
    assert other.parked_at


def test_letter_that_has_gone_out_is_not_sent_twice(browser):
    job = mail(done_at=utcnow(), delivery=Delivery.SENT)

    answer = browser.post(f"/outbox/{job.id}/again", follow_redirects=True)

    assert "Пробовать уже нечего" in answer.text


def test_earlier_letters_are_one_step_back(page):
    first = mail("Самое первое")
    for _ in range(PAGE):
        last = mail()

    assert "Самое первое" not in page()
    assert f"before={first.id + 1}" in page()
    assert "Самое первое" in page(f"before={first.id + 1}")
    assert last.id > first.id


def test_letters_of_one_place_stand_alone(page):
    mail("Первое", done_at=utcnow(), delivery=Delivery.SENT)
    mail("Второе")

    shown = page("only=WAITING")

    assert "Второе" in shown
    assert "Первое" not in shown


@pytest.mark.parametrize(
    "query", ["before=x", "before=-1", f"before={'9' * 12}", "only=x"]
)
def test_strange_addresses_do_no_harm(page, query):
    mail()

    assert "Письма сайта" in page(query)


def test_statements_do_not_grow_with_letters(page, member, count_statements):
    def count():
        with count_statements() as statements:
            page()
        return len(statements)

    save(Job(kind="digest", payload={"person": member.id}))
    before = count()
    for _ in range(20):
        save(Job(kind="digest", payload={"person": member.id}))

    assert count() == before


def test_letter_to_a_person_is_shown_by_name(page, member):
    save(Job(kind="digest", payload={"person": member.id}))

    assert f"Утреннее письмо — {member.full_name}" in page()


def test_silence_of_the_jobs_is_told(page):
    assert "никто не выполняет задания" in page()
    beat()

    assert "никто не выполняет задания" not in page()


def test_missing_mail_server_is_told(app, page):
    assert "Почта не настроена" in page()
    app.config["SMTP_URL"] = "smtp://mail.example.org"

    assert "Почта не настроена" not in page()


def test_mail_can_be_tried_after_it_has_worked_once(admin, browser, page):
    record(admin.id, CHECKED, admin)
    db.session.commit()

    (way,) = re.findall(r'action="(/settings/test-letter[^"]*)"', page())
    answer = browser.post(way)

    assert answer.location == "/outbox/"


@pytest.fixture
def kept(admin, member):
    """A letter that a tutor would have got, had there been a mail server."""
    roles = frozenset({Role.TUTOR})
    invite_person("Ким Ольга", "kim@school.ru", roles=roles, actor=admin)
    letters()
    return db.session.scalars(db.select(Job).filter_by(kind="password link")).one()


def test_kept_letter_names_its_addressee(kept, page):
    shown = page("only=KEPT")

    assert "Ссылка для пароля — kim@school.ru" in shown
    assert "лежит в папке</span>" in shown
    assert "Ссылка для пароля — kim@school.ru" in page()
    assert "Отправить ещё раз" not in shown


@pytest.mark.parametrize("way", ["{}/again", "again?only=KEPT"])
def test_kept_letter_goes_once_there_is_a_mail_server(app, kept, browser, page, way):
    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        assert f"/outbox/{way.format(kept.id)}" in page("only=KEPT")
        browser.post(f"/outbox/{way.format(kept.id)}")
        letters()

    assert len(server.letters) == 1
    db.session.refresh(kept)
    assert (kept.delivery, kept.parked_at, kept.payload) == (Delivery.SENT, None, {})


def test_letters_of_a_past_day_are_not_sent_again(app, page):
    mail(done_at=utcnow(), delivery=Delivery.KEPT)
    app.config["SMTP_URL"] = "smtp://mail.example.org"

    assert "Отправить ещё раз" not in page("only=KEPT")
