"""A letter about the course reaches those who want it, and stops when asked."""

from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa

from lms.core import jobs
from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next, try_again
from lms.core.jobs import Job
from lms.core.mail import send_mail
from lms.identity.accounts.models import User
from lms.identity.letters import services
from lms.identity.letters.models import AT_ONCE, DAILY, Letter, SwitchedOff
from lms.identity.letters.off_links import off_link, read_off_link

TEMPLATE = "identity/accounts/mail/password_changed.txt"


def write(person, letter=Letter.ACCEPTED, **options):
    services.write_letter(person, letter, "Зачли", TEMPLATE, **options)
    db.session.commit()


def mails():
    return db.session.scalars(sa.select(Job).where(Job.kind == "mail")).all()


@pytest.fixture
def delivered(app, member):
    """The letter as a mail program reads it."""
    write(member)
    assert run_next()
    [file] = (app.config["INSTANCE"] / "mail").iterdir()
    return file.read_bytes()


def test_letter_goes_to_who_wants_it(member):
    write(member)

    assert [mail.payload["to"] for mail in mails()] == [member.email]


@pytest.mark.parametrize("letter", sorted(AT_ONCE, key=lambda kind: kind.name))
def test_letter_that_was_switched_off_is_not_written(member, letter):
    services.switch_off(member, [letter])

    write(member, letter)

    assert mails() == []


def test_other_letters_still_come(member):
    services.switch_off(member, [Letter.RETURNED])

    write(member, Letter.ACCEPTED)

    assert len(mails()) == 1


def test_closed_account_gets_no_letters(member):
    member.closed_at = utcnow()

    write(member)

    assert mails() == []


@pytest.fixture
def leave(app):
    """Return a function that lets the waiting letters leave; it returns to whom."""

    def run():
        db.session.commit()
        while run_next():
            pass
        files = (app.config["INSTANCE"] / "mail").glob("*.eml")
        return [message_from_bytes(file.read_bytes())["To"] for file in files]

    return run


def test_letter_that_waited_goes_where_the_person_reads_by_now(member, leave):
    write(member)
    member.email = "somova@example.org"

    assert leave() == ["somova@example.org"]


def test_parked_letter_goes_to_the_address_that_was_corrected(app, member, leave):
    write(member)
    [job] = mails()
    job.parked_at, job.error = utcnow(), "550 такого ящика нет"
    member.email = "somova@example.org"
    try_again(Job.id == job.id)

    assert leave() == ["somova@example.org"]


def test_letter_that_waited_goes_to_nobody_whose_account_is_closed(member, leave):
    write(member)
    member.closed_at = utcnow()

    assert leave() == []
    assert mails()[0].letter_state == "не понадобилось"


def test_letter_that_waited_stops_with_its_kind(member, leave):
    write(member)
    write(member, Letter.RETURNED)
    services.switch_off(member, [Letter.ACCEPTED])

    assert leave() == [member.email]


def test_letter_to_an_address_goes_to_that_address(member, leave):
    was = member.email
    send_mail(was, "Почта изменена", TEMPLATE, person=member)
    member.email, member.closed_at = "somova@example.org", utcnow()

    assert leave() == [was]


def test_same_key_is_one_letter(member):
    write(member, key="review:1")
    write(member, key="review:1")

    assert len(mails()) == 1


def test_same_key_is_one_letter_in_a_race(app, race):
    def enqueue():
        jobs.enqueue("mail", {}, key="review:1")
        db.session.commit()

    assert race(*[enqueue] * 4) == [None] * 4
    assert len(mails()) == 1


def test_address_of_unsubscribe_is_in_one_piece(delivered, member):
    message = message_from_bytes(delivered, policy=policy.default)

    link = off_link(member, [Letter.ACCEPTED])
    assert f"List-Unsubscribe: <{link}>\n".encode() in delivered
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Subject"] == "Зачли"


def test_switching_off_twice_at_once_is_once(app, member, race):
    member_id = member.id

    def off():
        services.switch_off(db.session.get_one(User, member_id), DAILY)

    assert race(*[off] * 3) == [None] * 3
    assert services.switched_off(member) == DAILY


def test_choice_is_kept_and_can_be_taken_back(member):
    services.choose_letters(member, wanted=[], offered=Letter)
    services.choose_letters(member, wanted=[Letter.MEETING], offered=Letter)

    assert services.switched_off(member) == set(Letter) - {Letter.MEETING}


def test_choice_touches_only_what_was_offered(member):
    services.switch_off(member, [Letter.QUEUE])

    services.choose_letters(member, wanted=AT_ONCE, offered=AT_ONCE)

    assert services.switched_off(member) == {Letter.QUEUE}


@pytest.mark.parametrize("spoil", [str.upper, lambda token: token[:-1], lambda _: "x"])
def test_forged_link_switches_nothing_off(member, spoil):
    token = off_link(member, DAILY).rsplit("/", 1)[1]

    assert read_off_link(token) == (member, DAILY)
    assert read_off_link(spoil(token)) is None


def test_rows_are_gone_with_no_trace_when_wanted_again(member):
    services.switch_off(member, DAILY)
    services.choose_letters(member, wanted=DAILY, offered=DAILY)

    assert not db.session.scalars(sa.select(SwitchedOff)).all()
