"""A letter goes to those who need it when it goes out, and once."""

import threading

import pytest
import sqlalchemy as sa

from lms.core import smtp
from lms.core.config import load_config
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import LEASE, try_again
from lms.core.jobs import Delivery, Job
from lms.core.worker import Worker
from lms.course.cohorts.models import CohortState
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.overview.mailings import sending
from lms.overview.mailings.models import Outcome, Recipient
from lms.overview.mailings.services import count_outcomes
from lms.schools.teams.permissions import active_membership
from lms.work.submissions.services import start_submission
from tests.history import came
from tests.mail_server import mail_server
from tests.works import overdue, send


def words_of(letter):
    """What a letter says to a mail program without HTML."""
    return letter.get_body(("plain",)).get_content()


def outcome(mailing, user):
    """What became of a person's copy."""
    whose = mailing.id, user.id
    return db.session.get(Recipient, whose, populate_existing=True).outcome


def test_everybody_who_owes_the_work_gets_a_letter(write, inbox, captain, member):
    mailing = write()

    assert [letter["To"] for letter in inbox()] == [captain.email, member.email]
    assert count_outcomes([mailing])[mailing.id] == {Outcome.KEPT: 2}


@pytest.mark.parametrize("word", ["занятие", "модуль"])
def test_letter_names_the_author_and_the_person(write, inbox, tutor, module, word):
    write(subject="«{команда}»", text=f"{{имя}}, «{{{word}}}», {{срок}}: {{ссылка}}")

    letter = inbox()[0]
    text = words_of(letter)
    assert letter["Subject"] == "«Опора»"
    assert (letter["Reply-To"], letter["Auto-Submitted"]) == (tutor.email, "no")
    assert text.startswith("Анна Викторовна, «4. Наставничество. Практики»")
    assert f"/modules/{module.slug}/" in text
    assert "Громов Илья Петрович, тьютор курса" in text


def test_link_leads_to_the_work_that_was_begun(write, inbox, module, team, captain):
    work = overdue(start_submission(module, user=captain, team=team))
    came()
    write(text="{срок} {ссылка}")

    text = words_of(inbox()[0])
    assert f"/submissions/{work.id}/" in text
    assert "он уже прошёл" in text


def test_team_that_sent_meanwhile_gets_none(
    write, inbox, module, team, captain, member
):
    mailing = write()
    send(module, captain, team)

    assert inbox() == []
    assert outcome(mailing, member) is Outcome.NEEDLESS


def test_who_left_gets_none(write, inbox, captain, member):
    mailing = write()
    active_membership(member).left_at = utcnow()
    db.session.commit()

    assert [letter["To"] for letter in inbox()] == [captain.email]
    assert outcome(mailing, member) is Outcome.LEFT


def test_whose_account_was_closed_gets_none(write, inbox, captain, member):
    mailing = write()
    member.closed_at = utcnow()
    db.session.commit()

    assert len(inbox()) == 1
    assert outcome(mailing, member) is Outcome.CLOSED


def test_who_switched_such_letters_off_gets_none(write, inbox, captain, member):
    mailing = write()
    switch_off(member, [Letter.FROM_TUTOR])

    assert len(inbox()) == 1
    assert outcome(mailing, member) is Outcome.UNWANTED


def test_closed_cohort_gets_none(write, inbox, cohort, captain):
    mailing = write()
    cohort.state = CohortState.CLOSED
    db.session.commit()

    assert inbox() == []
    assert outcome(mailing, captain) is Outcome.NEEDLESS


def test_sharing_out_twice_makes_one_copy_each(write, inbox):
    mailing = write()
    sending.share_out({"mailing": mailing.id})
    sending.share_out({"mailing": mailing.id})

    assert len(inbox()) == 2


def test_worker_that_comes_back_sends_nobody_twice(write, inbox, captain):
    mailing = write()
    inbox()
    sending.send_copy({"mailing": mailing.id, "person": captain.id})

    assert len(inbox()) == 2


def claim(mailing, user, settled_at):
    """Let a worker have claimed a copy, and stopped."""
    copy = db.session.get(Recipient, (mailing.id, user.id))
    copy.outcome, copy.settled_at = Outcome.SENDING, settled_at
    db.session.commit()


def test_crash_while_sending_is_told_and_not_repeated(write, inbox, captain, member):
    mailing = write()
    sending.share_out({"mailing": mailing.id})
    claim(mailing, captain, utcnow())

    assert [letter["To"] for letter in inbox()] == [member.email]
    assert outcome(mailing, captain) is Outcome.INTERRUPTED


def test_copy_that_a_killed_worker_left_is_settled_at_the_next_start(
    app, write, captain, member
):
    mailing = write()
    claim(mailing, captain, utcnow() - LEASE)
    claim(mailing, member, utcnow())  # another worker is about to send it

    Worker(app, threading.Event())._look()

    assert outcome(mailing, captain) is Outcome.INTERRUPTED
    assert outcome(mailing, member) is Outcome.SENDING


def test_mail_server_that_is_down_gets_the_letter_later(
    app, write, inbox, captain, module, team
):
    mailing = write()
    app.config["SMTP_URL"] = "smtp://127.0.0.1:1"
    inbox()
    waiting = outcome(mailing, captain), sending.count_failing(mailing)
    app.config["SMTP_URL"] = load_config({"SECRET_KEY": "tests"})["SMTP_URL"]
    db.session.execute(sa.update(Job).values(run_at=utcnow()))

    assert waiting == (Outcome.WAITING, 2)
    assert len(inbox()) == 2
    assert sending.count_failing(mailing) == 0


def test_letter_that_a_mail_server_took_has_gone(app, write, inbox, captain):
    mailing = write()
    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        inbox()

    assert outcome(mailing, captain) is Outcome.SENT
    copies = sa.select(Job.delivery).where(Job.kind == "mailing_copy")
    assert set(db.session.scalars(copies)) == {Delivery.SENT}


def test_copy_that_the_mail_server_may_have_taken_is_not_sent_again(
    app, write, inbox, captain, monkeypatch
):
    monkeypatch.setattr(smtp, "LETTER_SECONDS", 0.3)
    mailing = write()

    with mail_server(DATA="silence") as server:
        app.config["SMTP_URL"] = server.url
        inbox()
        try_again(sa.true())
        db.session.commit()
        inbox()

    assert len(server.letters) == 2  # one of each person
    assert outcome(mailing, captain) is Outcome.INTERRUPTED


def test_two_workers_send_one_copy(app, write, race, captain, member):
    mailing = write()
    copy = {"mailing": mailing.id, "person": captain.id}
    race(*[lambda: sending.send_copy(copy)] * 4)

    files = list((app.config["INSTANCE"] / "mail").glob("*.eml"))
    assert (len(files), outcome(mailing, captain)) == (1, Outcome.KEPT)


def test_headers_cannot_be_added_through_the_subject(write, inbox):
    write(subject="Ждём\r\nBcc: thief@example.org")

    letter = inbox()[0]
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Ждём Bcc: thief@example.org"


def test_team_name_cannot_add_headers(write, inbox, team):
    team.name = "Опора\nBcc: thief@example.org"
    db.session.commit()
    write(subject="{команда}")

    assert inbox()[0]["Bcc"] is None


def test_words_of_others_are_not_filled_in_again(write, inbox, team):
    team.name = "{ссылка}"
    db.session.commit()
    write(text="{команда}")

    assert words_of(inbox()[0]).startswith("{ссылка}")
