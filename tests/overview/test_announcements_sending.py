"""Announcements by letter: at once by a tick, or in the letter of the morning."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job
from lms.core.language import today
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.overview.announcements import sending
from lms.overview.announcements.audience import reach_of
from lms.overview.announcements.models import AnnouncementMark
from lms.overview.announcements.reading import mark_opened
from lms.overview.announcements.services import Words, announce, correct, withdraw
from lms.overview.digest.sending import compose_digest, enqueue_digests
from lms.schools.teams.permissions import active_membership
from tests.conftest import count, letters, read_letter
from tests.mail_server import mail_server


def words(text="В **среду** в 17:00, вход по [ссылке](https://example.org/v)."):
    return Words("Вебинар", text, today() + timedelta(days=9))


@pytest.fixture
def urgent(cohort, captain, member, tutor):
    """What goes out at once, to two people."""
    return announce(cohort, None, words(), author=tutor, by_mail=True)


@pytest.fixture
def server(app):
    """A mail server that takes everything."""
    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        yield server


def addressees():
    return [letter["to"] for letter in letters()]


def work():
    while run_next():
        pass


def test_letter_has_the_words_and_leads_to_the_page(urgent, captain, member):
    first, second = letters()

    assert {first["to"], second["to"]} == {captain.email, member.email}
    assert first["subject"] == "Вебинар"
    assert "17:00, вход по ссылке (https://example.org/v)." in first["text"]
    assert f"/announcements/{urgent.id}/" in first["text"]


def test_without_the_tick_nothing_goes_out_at_once(cohort, captain, tutor):
    announce(cohort, None, words(), author=tutor)

    assert addressees() == []


def test_each_is_looked_at_again_when_the_letter_goes_out(
    cohort, captain, member, other, tutor
):
    urgent = announce(cohort, None, words(), author=tutor, by_mail=True)
    sending.share_out({"announcement": urgent.id, "edition": 1})
    mark_opened(urgent, seen=1, reader=captain)
    switch_off(other, [Letter.URGENT])
    active_membership(member).left_at = utcnow()
    db.session.commit()

    assert addressees() == []


def test_closed_account_gets_none(urgent, captain, member):
    captain.closed_at = utcnow()
    db.session.commit()

    assert addressees() == [member.email]


def test_letter_that_is_late_for_its_day_stays(urgent):
    sending.share_out({"announcement": urgent.id, "edition": 1})
    urgent.until = today() - timedelta(days=1)
    db.session.commit()

    assert addressees() == []


def test_withdrawn_meanwhile_goes_to_nobody(urgent, tutor):
    sending.share_out({"announcement": urgent.id, "edition": 1})
    withdraw(urgent, actor=tutor)

    assert addressees() == []


def test_corrected_meanwhile_goes_out_with_the_new_words_alone(urgent, tutor):
    sending.share_out({"announcement": urgent.id, "edition": 1})
    correct(urgent, words("В четверг."), seen=1, actor=tutor, by_mail=True)

    texts = [letter["text"] for letter in letters()]
    assert len(texts) == 2
    assert all("В четверг." in text and "(исправлено)" in text for text in texts)


def test_tick_again_for_the_same_words_sends_nothing_twice(urgent, tutor):
    correct(urgent, words(), seen=1, actor=tutor, by_mail=True)

    assert len(addressees()) == 2


def test_worker_that_stopped_while_sharing_out_leaves_nobody_out(urgent, captain):
    request = {"announcement": urgent.id, "edition": 1}
    sending.share_out(request)
    first = sa.select(sa.func.min(Job.id)).where(Job.kind == "announcement_copy")
    db.session.execute(sa.delete(Job).where(Job.id == first.scalar_subquery()))
    db.session.commit()

    sending.share_out(request)

    assert len(addressees()) == 2


def test_worker_that_stopped_after_the_letter_counts_it_once(urgent, server, captain):
    copy = {"announcement": urgent.id, "edition": 1, "person": captain.id}
    first = sending.write_copy(copy)
    sending.note_letter(first)
    work()

    again = sending.write_copy(copy)
    sending.note_letter(again)

    assert again["message_id"] == first["message_id"]
    assert tuple(reach_of([urgent])[urgent.id]) == (2, 0, 2)


def test_letters_that_only_lie_in_the_folder_reach_nobody(urgent):
    assert len(addressees()) == 2
    assert count(AnnouncementMark) == 0


def test_morning_letter_tells_and_counts_apart(cohort, captain, member, tutor, server):
    told = announce(cohort, None, words(), author=tutor)
    mark_opened(told, seen=1, reader=member)
    enqueue_digests(today())
    work()

    gone = map(read_letter, server.letters)
    (letter,) = (one for one in gone if "Вебинар" in one["text"])
    assert letter["to"] == captain.email
    assert tuple(reach_of([told])[told.id]) == (2, 1, 1)


def test_morning_letter_is_silent_about_what_went_out_at_once(urgent, captain, server):
    work()

    assert compose_digest(captain) is None


def test_morning_letter_is_silent_about_yesterdays_and_unwanted(
    cohort, captain, member, tutor
):
    told = announce(cohort, None, words(), author=tutor)
    switch_off(member, [Letter.ANNOUNCEMENT])
    assert "Вебинар" in compose_digest(captain)["text"]
    assert compose_digest(member) is None

    told.written_at = utcnow() - timedelta(days=3)
    db.session.commit()
    assert compose_digest(captain) is None


def test_long_words_are_cut_in_the_morning_letter(cohort, captain, tutor):
    announce(cohort, None, words("Слово " * 300), author=tutor)

    text = compose_digest(captain)["text"]

    assert "…" in text
    assert len(text) < 1500
