"""A letter to a group goes to those who need it when it goes out, and once."""

import email
from datetime import timedelta
from email.policy import default
from functools import partial

import pytest
import sqlalchemy as sa

from lms.audit.models import AuditEvent
from lms.cohorts.models import CohortState
from lms.config import load_config
from lms.database import utcnow
from lms.errors import RuleError
from lms.extensions import db
from lms.jobs import Job, run_next
from lms.letters.models import Letter
from lms.letters.services import switch_off
from lms.mailings import sending
from lms.mailings.addressees import Group, addressees_of, group_of
from lms.mailings.models import Mailing, Outcome, Purpose, Recipient
from lms.mailings.services import WrittenLatelyError, count_outcomes, write_to_group
from lms.progress.matrix import matrix_of
from lms.submissions.services import start_submission
from lms.teams.permissions import active_membership
from tests.conftest import copies_of, count
from tests.works import overdue, send


@pytest.fixture
def group(module, cohort):
    return group_of(f"work-{module.slug}", matrix_of(cohort))


@pytest.fixture
def write(cohort, group, captain, member, tutor):
    """Return a function that writes to everybody who owes the work."""

    def write_to_all(key="k1", group=group, **said):
        people = addressees_of(matrix_of(cohort), group)
        words = {"subject": "Ждём работу", "text": "{имя}, {ссылка}"} | said
        return write_to_group(
            cohort,
            group,
            people=[one.user.id for one in people],
            form_key=key,
            author=tutor,
            **words,
        )

    return write_to_all


@pytest.fixture
def inbox(app):
    """Return a function that does the jobs and reads what went out, by address."""

    def open_letters():
        while run_next():
            pass
        files = (app.config["INSTANCE"] / "mail").glob("*.eml")
        read = partial(email.message_from_bytes, policy=default)
        letters = [read(file.read_bytes()) for file in files]
        return sorted(letters, key=lambda letter: letter["To"])

    return open_letters


def outcome(mailing, user):
    """What became of a person's copy."""
    whose = mailing.id, user.id
    return db.session.get(Recipient, whose, populate_existing=True).outcome


def test_everybody_who_owes_the_work_gets_a_letter(write, inbox, captain, member):
    mailing = write()

    assert [letter["To"] for letter in inbox()] == [captain.email, member.email]
    assert count_outcomes([mailing])[mailing.id] == {Outcome.SENT: 2}


def test_letter_names_the_author_and_the_person(write, inbox, tutor, module):
    write(subject="«{команда}»", text="{имя}, «{модуль}», {срок}: {ссылка}")

    letter = inbox()[0]
    text = letter.get_content()
    assert letter["Subject"] == "«Опора»"
    assert letter["Reply-To"] == tutor.email
    assert text.startswith("Анна Викторовна, «4. Наставничество. Практики»")
    assert f"/modules/{module.slug}/" in text
    assert "Громов Илья Петрович, тьютор курса" in text


def test_link_leads_to_the_work_that_was_begun(write, inbox, module, team, captain):
    work = overdue(start_submission(module, user=captain, team=team))
    write(text="{срок} {ссылка}")

    text = inbox()[0].get_content()
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


def test_crash_while_sending_is_told_and_not_repeated(write, inbox, captain, member):
    mailing = write()
    copy = db.session.get(Recipient, (mailing.id, captain.id))
    copy.outcome = Outcome.SENDING
    db.session.commit()

    assert [letter["To"] for letter in inbox()] == [member.email]
    assert outcome(mailing, captain) is Outcome.SENDING


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


def test_two_workers_send_one_copy(app, write, race, captain, member):
    mailing = write()
    copy = {"mailing": mailing.id, "person": captain.id}
    race(*[lambda: sending.send_copy(copy)] * 4)

    files = list((app.config["INSTANCE"] / "mail").glob("*.eml"))
    assert (len(files), outcome(mailing, captain)) == (1, Outcome.SENT)


def test_one_form_makes_one_mailing(write):
    assert write(key="same").id == write(key="same").id
    assert count(Mailing) == 1


def test_second_letter_within_the_hour_is_refused(write):
    write()

    with pytest.raises(WrittenLatelyError, match=r"Илья Громов, 2\sписьма"):
        write(key="k2")
    assert write(key="k2", insists=True).id


def test_after_an_hour_the_group_may_be_written_to_again(write):
    write().created_at = utcnow() - timedelta(minutes=61)
    db.session.commit()

    assert write(key="k2").id


def test_letter_about_something_else_is_no_second_one(write, cohort, other_team):
    write()

    other = Group(Purpose.HEADLESS)
    with pytest.raises(RuleError, match="Писать уже некому"):
        write(key="k2", group=other)


def test_two_tutors_at_once_write_one_letter(
    module, cohort, captain, tutor, tutor2, race
):
    find, slug, captain_id = copies_of(cohort), module.slug, captain.id

    def write_as(find_author, key):
        said = {"subject": "Ждём", "text": "Ждём", "people": [captain_id]}
        cohort, author = find(), find_author()
        group = group_of(f"work-{slug}", matrix_of(cohort))
        return write_to_group(cohort, group, form_key=key, author=author, **said)

    first, second = copies_of(tutor), copies_of(tutor2)
    ended = race(lambda: write_as(first, "a"), lambda: write_as(second, "b"))

    assert sum(isinstance(end, WrittenLatelyError) for end in ended) == 1
    assert count(Mailing) == 1


def test_unknown_word_in_braces_is_refused(write):
    with pytest.raises(RuleError, match=r"\{фамилия\}. Можно: \{имя\}"):
        write(text="Здравствуйте, {фамилия}")


def test_only_the_chosen_are_written_to(cohort, group, captain, member, tutor):
    mailing = write_to_group(
        cohort,
        group,
        subject="Ждём",
        text="Ждём",
        people=[member.id, 10_000],
        form_key="k",
        author=tutor,
    )

    assert [copy.user_id for copy in mailing.recipients] == [member.id]


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

    assert inbox()[0].get_content().startswith("{ссылка}")


def test_mailing_is_in_the_journal(write, tutor):
    write()

    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc()))
    found = event.first()
    assert (found.action, found.actor_id) == ("письмо командам", tutor.id)
    assert found.after["писем"] == 2


def test_planned_cohort_is_not_written_to(write, cohort):
    cohort.state = CohortState.PLANNED
    db.session.commit()

    with pytest.raises(RuleError, match="который идёт"):
        write()
