"""What becomes of a document: its editions, its withdrawal, letters to the takers."""

import pytest
import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.together import MOVED_ON
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.network.library.models import LibraryDocument, LibraryEdition
from lms.network.library.services import (
    REPLACED,
    WITHDRAWN,
    Edition,
    KnownFileError,
    add_document,
    edit_document,
    restore_document,
    withdraw_document,
)
from lms.network.library.shelves import editions_of
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, count, journal, letters
from tests.library import WORDS, pdf, put_in, renew, take


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("вирус.exe", b"MZ", "не принимаются, подойдут pdf, docx"),
        ("положение.doc", b"\xd0\xcf", "сохраните как .docx"),
        ("положение.docx", b"%PDF-1.4", "внутри не docx"),
        ("положение.pdf", b"", "пуст"),
        ("положение.pdf", pdf("ы" * MAX_FILE), "Уменьшите файл"),
    ],
)
def test_what_is_no_document_is_refused(admin, name, content, words):
    with pytest.raises(RuleError, match=words):
        add_document(WORDS, Edition(name, content), editor=admin)

    assert count(LibraryDocument) == 0


def test_hostile_name_is_stored_without_its_folders(admin):
    edition = Edition('../../etc/"<b>приказ\u202e.pdf', pdf("x"))

    add_document(WORDS, edition, editor=admin)

    assert db.session.scalar(sa.select(LibraryEdition.name)) == "__b_приказ.pdf"


def test_form_sent_twice_adds_one_document(admin):
    edition = Edition("a.pdf", pdf("x"))

    for _ in range(2):
        add_document(WORDS, edition, editor=admin, form_key="k")

    assert (count(LibraryDocument), count(LibraryEdition)) == (1, 1)


def test_same_file_is_in_the_library_once(document, admin):
    with pytest.raises(KnownFileError, match="уже есть") as refused:
        put_in(admin, title="Другое название")

    assert refused.value.document_id == document.id
    assert count(LibraryDocument) == 1


def test_same_file_sent_twice_at_once_is_added_once(race, admin):
    editor = copies_of(admin)

    ended = race(*[lambda: put_in(editor()).id] * 2)

    assert sum(isinstance(one, KnownFileError) for one in ended) == 1
    assert count(LibraryDocument) == 1


def test_withdrawn_document_is_named_too(document, admin):
    withdraw_document(document, "Устарел.", editor=admin)

    with pytest.raises(KnownFileError, match="документ отозван"):
        put_in(admin)


def test_former_edition_stays_behind_the_new_one(document, admin, tutor):
    renew(document, tutor)

    present, former = editions_of(document)
    assert (present.number, former.number, document.number) == (2, 1, 2)
    assert (present.editor, former.editor) == (tutor, admin)
    assert (document.edition, present.changes) == (present, "Добавлен отбор.")


def test_file_of_its_own_past_may_come_again(document, admin):
    renew(document, admin, "второй")

    renew(document, admin, "первый")
    with pytest.raises(KnownFileError):
        renew(document, admin, "первый")

    assert document.number == 3


def test_second_editor_learns_of_the_first_and_nothing_is_lost(document, admin, tutor):
    renew(document, admin)

    with pytest.raises(RuleError) as refused:
        renew(document, tutor, "третий", seen=1)

    assert str(refused.value) == REPLACED
    assert [one.editor for one in editions_of(document)] == [admin, admin]


def test_of_two_replacements_at_once_one_is_stored(race, document, admin, tutor):
    load, first, second = (copies_of(one) for one in (document, admin, tutor))

    ended = race(
        lambda: renew(load(), first(), "второй", seen=1),
        lambda: renew(load(), second(), "третий", seen=1),
    )

    assert sorted(map(str, ended)) == sorted(["None", REPLACED])
    assert count(LibraryEdition) == 2


def test_replacement_sent_twice_is_one_edition(document, admin):
    for _ in range(2):
        renew(document, admin, seen=1, form_key="k")

    assert document.number == 2


def test_correction_is_not_written_over_a_colleague(document, admin, tutor):
    edit_document(document, WORDS | {"title": "Первое"}, seen=1, author=admin)

    with pytest.raises(RuleError) as refused:
        edit_document(document, WORDS | {"title": "Второе"}, seen=1, author=tutor)

    assert str(refused.value) == MOVED_ON
    assert document.title == "Первое"


def test_withdrawn_document_is_not_replaced_and_comes_back(document, admin):
    withdraw_document(document, "Устарел.", editor=admin)
    with pytest.raises(RuleError) as refused:
        renew(document, admin)
    restore_document(document, editor=admin)
    renew(document, admin)

    assert str(refused.value) == WITHDRAWN
    assert (document.is_withdrawn, document.note, document.number) == (False, "", 2)


def test_journal_knows_every_step_once(document, admin):
    edit_document(document, WORDS, seen=1, author=admin)
    renew(document, admin)
    for _ in range(2):
        withdraw_document(document, "Устарел.", editor=admin)
    for _ in range(2):
        restore_document(document, editor=admin)

    assert journal() == [
        "документ добавлен в библиотеку",
        "изменён документ библиотеки",
        "заменён документ библиотеки",
        "отозван документ библиотеки",
        "возвращён документ библиотеки",
    ]


def test_school_that_took_a_document_gets_one_letter_of_each_change(
    document, admin, other, captain
):
    for _ in range(2):
        take(document, other)

    renew(document, admin)
    withdraw_document(document, "Вышел новый закон.", editor=admin)

    sent = {one["subject"]: one for one in letters()}
    assert {one["to"] for one in sent.values()} == {other.email}
    title = "Положение о наставничестве"
    assert len(sent) == 2
    assert "Добавлен отбор." in sent[f"Новая редакция документа: {title}"]["text"]
    gone = sent[f"Документ отозван из библиотеки: {title}"]
    assert "Вышел новый закон." in gone["text"]


def test_letters_of_the_library_can_be_switched_off(document, admin, other):
    take(document, other)
    switch_off(other, [Letter.NETWORK])

    renew(document, admin)

    assert letters() == []


def test_captain_is_told_when_whoever_took_it_has_left(
    document, admin, captain, member
):
    take(document, member)
    active_membership(member).left_at = document.renewed_at
    db.session.commit()

    renew(document, admin)

    assert [one["to"] for one in letters()] == [captain.email]
