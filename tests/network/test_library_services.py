"""What becomes of a document: its editions, its withdrawal, letters to the takers."""

import pytest
import sqlalchemy as sa

from lms.core.config import MAX_FILE
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.together import MOVED_ON
from lms.identity.audit.models import AuditEvent
from lms.identity.letters.models import Letter
from lms.identity.letters.services import switch_off
from lms.network.library.exchange import GONE, OWN, take_document, uses_of
from lms.network.library.models import DocumentUse, LibraryDocument, LibraryEdition
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
from lms.network.library.shelves import Filters, editions_of, find_documents
from lms.schools.teams.models import School
from lms.schools.teams.permissions import active_membership
from lms.schools.teams.services import edit_team, rename_school
from lms.schools.territories.services import edit_territory, move_school
from tests.conftest import copies_of, count, letters
from tests.library import WORDS, pdf, put_in, renew


@pytest.fixture
def document(app, admin):
    return put_in(admin)


def take(document, user, said=""):
    school = active_membership(user).team.school
    take_document(document, said, school=school, user=user)


def actions():
    return list(
        db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id))
    )


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

    assert actions() == [
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


def test_school_takes_once_and_tells_later(document, other):
    take(document, other)
    take(document, other, "Приняли на педсовете.")

    (use,) = uses_of(document)
    assert use.said == "Приняли на педсовете."
    assert use.told_at


def test_line_that_names_somebody_is_refused(document, other):
    with pytest.raises(RuleError, match="Петровой"):
        take(document, other, "Спасибо Анне Петровой.")

    assert count(DocumentUse) == 0


def test_school_does_not_take_its_own_document(admin, team, captain):
    given = put_in(admin, author_school_id=team.school_id)

    with pytest.raises(RuleError, match=OWN):
        take(given, captain)


def test_withdrawn_document_is_not_taken(document, admin, other):
    withdraw_document(document, "Устарел.", editor=admin)

    with pytest.raises(RuleError, match=GONE):
        take(document, other)


def test_documents_go_along_when_the_school_is_corrected(team, captain, other, admin):
    given = put_in(admin, author_school_id=team.school_id)
    taken, both = put_in(admin, "второй"), put_in(admin, "третий")
    for user, document in ((captain, taken), (captain, both), (other, both)):
        take(document, user)
    right = School(name="Школа № 77", municipality="Бердск")

    edit_team(team, school=right, name="Опора", tutor=team.tutor, actor=admin)

    assert given.author_school == right
    assert db.session.scalars(find_documents(Filters("бердск"))).all() == [given]
    assert [use.school for use in uses_of(taken)] == [right]


def test_document_is_found_by_the_new_name_of_its_school(team, admin):
    given = put_in(admin, author_school_id=team.school_id)

    rename_school(team.school, "Лицей «Спутник»", actor=admin)

    assert db.session.scalars(find_documents(Filters("спутник"))).all() == [given]


def test_document_is_found_by_the_new_territory_of_its_school(team, admin, territory):
    given = put_in(admin, author_school_id=team.school_id)
    move_school(team.school, territory, since=None, actor=admin)
    name = "Чулымский район"

    edit_territory(territory, name=name, parent=territory.parent, actor=admin)

    assert db.session.scalars(find_documents(Filters("чулымский"))).all() == [given]


def test_school_that_took_the_same_document_takes_it_once(
    document, team, captain, other, other_team, admin
):
    for user in (captain, other):
        take(document, user)

    edit_team(team, school=other_team.school, name="Вторая", tutor=None, actor=admin)

    assert [use.user for use in uses_of(document)] == [captain, other]
