"""What editors do on the pages of the library; nothing typed is lost."""

import re
from io import BytesIO

from lms.core.extensions import db
from lms.network.library.models import DocumentKind, LibraryDocument
from lms.network.library.shelves import Filters, find_documents
from tests.conftest import count
from tests.library import WORDS, pdf, renew

# Each test has one document.
URL = "/library/1/"


def typed(text="первый", name="polozhenie.pdf", **changes):
    """A document as its form sends it."""
    words = WORDS | {"kind": "RULES", "author_school_id": 0} | changes
    return words | {"file": (BytesIO(pdf(text) if text else b""), name)}


def found(words="", kind=None):
    return db.session.scalars(find_documents(Filters(words, kind))).all()


def test_editor_adds_a_document(sign_in, guest, tutor):
    answer = sign_in(tutor).post("/library/new", data=typed(valid_from="2026-09-01"))

    assert answer.location == URL
    assert "1 сентября 2026" in guest.get(URL).text.replace("\xa0", " ")


def test_kind_is_asked_for(sign_in, admin):
    browser = sign_in(admin)

    page = browser.post("/library/new", data={"title": "Приказ", "kind": ""}).text

    assert "Выберите, какой это документ." in page
    assert count(LibraryDocument) == 0


def test_refused_document_keeps_what_was_typed(sign_in, admin):
    page = sign_in(admin).post("/library/new", data=typed("", about="Долгое")).text

    assert "пуст" in page
    assert "Долгое" in page
    assert count(LibraryDocument) == 0


def test_file_that_is_there_leads_to_its_document(sign_in, document, admin):
    page = sign_in(admin).post("/library/new", data=typed(title="Другое")).text

    assert "Такой файл уже есть" in page
    assert f'href="{URL}"' in page


def test_second_editor_sees_the_edition_of_the_first(sign_in, document, admin, tutor):
    renew(document, admin)
    said = {"changes": "Мои слова", "number": "1"}
    said |= {"file": (BytesIO(pdf("третий")), "a.pdf")}

    page = sign_in(tutor).post(f"{URL}replace", data=said).text

    assert "документ заменил кто-то ещё" in page
    assert "Мои слова" in page
    assert "Добавлен отбор." in page
    assert 'name="number" type="hidden" value="2"' in page


def test_file_of_a_refused_edition_need_not_be_chosen_again(
    sign_in, guest, document, admin, tutor
):
    renew(document, admin)
    browser, said = sign_in(tutor), {"changes": "Мои слова", "number": "1"}
    file = {"file": (BytesIO(pdf("третий")), "мой.pdf")}
    page = browser.post(f"{URL}replace", data=said | file).text

    kept = re.search(r'name="file-kept" value="([^"]+)"', page)[1]
    browser.post(f"{URL}replace", data=said | {"number": "2", "file-kept": kept})

    assert "«мой.pdf» сохранён" in page
    assert guest.get(f"{URL}editions/3").data == pdf("третий")


def test_file_of_a_document_without_a_title_is_kept(sign_in, admin):
    # A mark in the name would turn the sentence around.
    file = {"file": (BytesIO(pdf("свой")), "св\u202eой.pdf")}

    page = sign_in(admin).post("/library/new", data=file).text

    assert "«свой.pdf» сохранён" in page


def test_kept_file_is_that_of_its_own_editor(sign_in, document, admin, tutor):
    said = {"number": "1", "file": (BytesIO(pdf("свой")), "свой.pdf")}
    page = sign_in(admin).post(f"{URL}replace", data=said).text

    kept = re.search(r'name="file-kept" value="([^"]+)"', page)[1]
    theirs = {"changes": "Слова", "number": "1", "file-kept": kept}
    page = sign_in(tutor).post(f"{URL}replace", data=theirs).text

    assert "Вложенный файл не узнан" in page
    assert document.number == 1


def test_spoiled_name_of_a_kept_file_is_refused(sign_in, document, admin):
    said = {"changes": "Слова", "number": "1", "file-kept": "испорчено"}

    page = sign_in(admin).post(f"{URL}replace", data=said).text

    assert "Вложенный файл не узнан" in page
    assert "Выберите файл." not in page


def test_editor_replaces_and_corrects(sign_in, guest, document, admin, team):
    browser = sign_in(admin)
    sent = {"changes": "Новый срок", "number": 1}
    browser.post(f"{URL}replace", data=sent | {"file": (BytesIO(pdf("2")), "b.pdf")})
    words = WORDS | {"kind": "ORDER", "author_school_id": team.school_id, "version": 1}
    browser.post(f"{URL}edit", data=words)

    page = guest.get(URL).text

    assert "Новый срок" in page
    assert team.school.label in page
    assert [one.kind for one in found("приказ новосибирск")] == [DocumentKind.ORDER]


def test_correction_of_two_shows_what_is_stored(sign_in, document, admin):
    browser = sign_in(admin)
    words = WORDS | {"kind": "RULES", "author_school_id": 0, "version": 1}
    browser.post(f"{URL}edit", data=words | {"title": "Первое"})

    page = browser.post(f"{URL}edit", data=words | {"title": "Второе"}).text

    assert "Что сохранено сейчас" in page
    assert "<strong>Первое</strong>" in page
    assert 'value="Второе"' in page
