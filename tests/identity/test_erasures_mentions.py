"""A name in what others typed: found in every case, decided by a person."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.storage import store_bytes
from lms.identity.erasures.mentions import decide
from lms.identity.erasures.models import Decision, Erasure, Mention
from lms.identity.erasures.name_forms import KnownAs, pattern_of
from lms.identity.requests.models import DataRequest
from lms.overview.search.models import Passage
from lms.review.threads.models import Message
from lms.review.threads.services import write_message
from lms.schools.people.services import correct_person
from lms.work.submissions.models import Attempt, AttemptFile, Submission
from tests.conftest import person
from tests.erasures import cells_with, do_jobs, erase_now
from tests.works import accept, send

KNOWN = KnownAs(["Ветрова Анна Сергеевна", "Ли Пётр"], ["anna@example.org"])
ALSO = "И Орлову передайте."
SAID = "Это сделал Олег Орлов, спросите Орлова."


@pytest.fixture
def talked(module, captain, member, team, tutor):
    """A work and a message in which the captain names Орлов Олег Сергеевич."""
    attempt = send(module, captain, team, pary="Ведут Орловы и швея.")
    accept(attempt, tutor)
    write_message(attempt.submission, SAID, author=captain, seen=0, form_key="1")
    return member


def mentions():
    return db.session.scalars(sa.select(Mention).order_by(Mention.table_name)).all()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("у Ветровой А. С. всё", ["Ветровой А. С."]),
        ("А.С. Ветрова и другие", ["А.С. Ветрова"]),
        ("спросите Анну Сергеевну", ["Анну Сергеевну"]),
        ("пишите ANNA@example.org.", ["ANNA@example.org"]),
        ("порыв ветра и ветровка", []),
        ("просто Анна", []),
        ("придёт ли Петр Ли", ["Петр Ли"]),
        ("Ветрова_анкета.docx", ["Ветрова"]),
    ],
)
def test_name_is_found_as_people_write_it(text, found):
    assert [one[0] for one in pattern_of(KNOWN).finditer(text)] == found


def test_request_is_not_done_before_every_text_is_decided(talked, admin):
    request = erase_now(talked)
    found = mentions()
    places = {"attempt", "draft_field", "field_version", "message"}
    assert {one.table_name for one in found} == places

    for mention in found:
        assert request.done_at is None
        decide(mention, Decision.REMOVED, actor=admin)
        do_jobs()

    assert request.done_at
    assert cells_with("Орлов") == set()
    assert db.session.get_one(Erasure, request.id).known_as is None


def test_removed_name_leaves_the_rest_of_the_text(talked, admin):
    erase_now(talked)

    for mention in mentions():
        decide(mention, Decision.REMOVED, actor=admin)
    do_jobs()

    said = db.session.scalar(sa.select(Message.text))
    assert said == "Это сделал [имя убрано], спросите [имя убрано]."
    fields = str(db.session.scalar(sa.select(Attempt.fields)))
    assert "Ведут [имя убрано] и швея." in fields
    texts = db.session.scalars(sa.select(Passage.text)).all()
    assert any("[имя убрано]" in text for text in texts)


def test_text_that_is_left_is_not_listed_again(talked, admin):
    request = erase_now(talked)

    for mention in mentions():
        decide(mention, Decision.LEFT, actor=admin)
    do_jobs()

    assert request.done_at
    assert SAID in db.session.scalar(sa.select(Message.text))


def test_name_typed_meanwhile_is_found_by_the_last_search(talked, admin, captain):
    request = erase_now(talked)
    work = db.session.scalars(sa.select(Submission)).one()
    write_message(work, ALSO, author=captain, seen=9, form_key="2")

    for mention in mentions():
        decide(mention, Decision.REMOVED, actor=admin)
    do_jobs()

    assert request.done_at is None
    assert len([one for one in mentions() if one.decision is None]) == 1


def test_text_is_decided_once(talked, admin):
    erase_now(talked)
    mention = mentions()[0]
    decide(mention, Decision.LEFT, actor=admin)

    with pytest.raises(RuleError, match="уже решили"):
        decide(mention, Decision.REMOVED, actor=admin)


def test_names_of_files_lose_the_name_by_themselves(talked, captain):
    attempt_id = db.session.scalar(sa.select(Attempt.id))
    add_file(attempt_id, "Анкета_Орлова.docx")

    erase_now(talked)

    assert "attempt_file" not in {one.table_name for one in mentions()}
    name = db.session.scalar(sa.select(AttemptFile.name))
    assert name == "Анкета_[имя убрано].docx"


def add_file(attempt_id, name):
    sha256 = store_bytes(b"x").sha256
    facts = {"sha256": sha256, "media_type": "text/plain", "size": 1}
    db.session.add(AttemptFile(attempt_id=attempt_id, name=name, **facts))
    db.session.commit()


def test_journal_of_a_namesake_is_left_to_a_person(member, admin):
    twin = person("Орлов Олег Сергеевич", "twin@example.org")
    correct_person(twin, full_name=twin.full_name, email="t@example.org", actor=admin)

    request = erase_now(member)

    assert {one.table_name for one in mentions()} == {"audit_event"}
    assert db.session.get_one(DataRequest, request.id).done_at is None
