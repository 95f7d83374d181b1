"""Pages of the library: what a visitor, a school and an editor find there."""

import re
from io import BytesIO
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.library.models import DocumentKind, LibraryDocument
from lms.network.library.services import withdraw_document
from lms.network.library.shelves import Filters, count_documents, find_documents
from tests.conftest import count
from tests.erasures import erase_now
from tests.library import WORDS, pdf, put_in, renew

# Each test has one document.
URL = "/library/1/"


@pytest.fixture
def document(app, admin):
    return put_in(admin)


def typed(text="первый", name="polozhenie.pdf", **changes):
    """A document as its form sends it."""
    words = WORDS | {"kind": "RULES", "author_school_id": 0} | changes
    return words | {"file": (BytesIO(pdf(text) if text else b""), name)}


def found(words="", kind=None):
    return db.session.scalars(find_documents(Filters(words, kind))).all()


@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("наставничеством", True),
        ("пара", True),
        ("ПОЛОЖЕНИЯ школу", True),
        ("занятия 4", True),
        ("наставничество столяр", False),
    ],
)
def test_words_are_found_in_any_form(document, words, is_found):
    assert (len(found(words)), count_documents(words)) == (is_found, is_found)


def test_kind_narrows_the_search_and_withdrawn_is_not_found(document, admin):
    shown = found(kind=DocumentKind.RULES), found(kind=DocumentKind.ORDER)
    withdraw_document(document, "Устарел.", editor=admin)

    assert [len(one) for one in (*shown, found())] == [1, 0, 0]


def test_visitor_finds_and_downloads(guest, document):
    page = guest.get("/library/?q=наставничестве&kind=RULES").text
    nothing = guest.get("/library/?q=хор&kind=неизвестный&page=9").text

    file = guest.get(f"{URL}editions/1")

    assert "Положение о наставничестве" in page
    assert "Ничего не нашлось" in nothing
    assert file.data == pdf("первый")
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in file.headers["Content-Security-Policy"]


def test_file_is_called_after_the_document(guest, admin):
    put_in(admin, title='Приказ "О <совете>": 1/2')

    sent = guest.get(f"{URL}editions/1").headers["Content-Disposition"]

    assert unquote(sent).endswith("UTF-8''Приказ О совете — 1-2.pdf")


def test_visitor_learns_no_name_of_an_editor(guest, sign_in, document, other):
    assert "Вера Лях" not in guest.get(URL).text
    assert "Вера Лях" in sign_in(other).get(URL).text


def test_former_edition_is_marked_and_downloaded(guest, document, admin):
    renew(document, admin)

    page = guest.get(URL).text
    assert page.count("прежняя редакция") == 1
    assert guest.get(f"{URL}editions/1").data == pdf("первый")
    assert guest.get(f"{URL}editions/2").data == pdf("второй")
    assert guest.get(f"{URL}editions/3").status_code == 404


def test_withdrawn_document_says_so_and_its_files_are_gone(
    guest, sign_in, document, admin
):
    sign_in(admin).post(f"{URL}withdraw", data={"note": "Вышел новый закон."})

    page, file = guest.get(URL), guest.get(f"{URL}editions/1")

    assert (page.status_code, file.status_code) == (410, 410)
    assert "Вышел новый закон." in page.text
    assert "/editions/1" not in page.text
    assert b"%PDF" not in file.data


def test_withdrawing_asks_why(sign_in, document, admin):
    page = sign_in(admin).post(f"{URL}withdraw", data={"note": ""}).text

    assert "Напишите, почему" in page
    assert not document.is_withdrawn


def test_editor_takes_a_document_back(sign_in, guest, document, admin):
    withdraw_document(document, "Устарел.", editor=admin)
    browser = sign_in(admin)
    shelf, page = browser.get("/library/").text, browser.get(URL)

    browser.post(f"{URL}restore")

    assert "Отозванные документы" in shelf
    assert (page.status_code, "Вернуть в библиотеку" in page.text) == (200, True)
    assert guest.get(f"{URL}editions/1").status_code == 200


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
    file = {"file": (BytesIO(pdf("свой")), "свой.pdf")}

    page = sign_in(admin).post("/library/new", data=file).text

    assert "«свой.pdf» сохранён" in page


def test_spoiled_name_of_a_kept_file_is_refused(sign_in, document, admin):
    said = {"changes": "Слова", "number": "1", "file-kept": "испорчено"}

    page = sign_in(admin).post(f"{URL}replace", data=said).text

    assert "Вложенный файл не узнан" in page


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


def test_school_takes_a_document_on_the_page(sign_in, guest, document, other):
    said = {"said": "Приняли на педсовете."}
    sign_in(other).post(f"{URL}take", data=said)

    assert "Приняли на педсовете." in guest.get(URL).text
    assert "взяли: 1" in guest.get("/library/").text


def test_refused_line_comes_back(sign_in, document, other):
    page = sign_in(other).post(f"{URL}take", data={"said": "ы" * 201}).text

    assert "ы" * 201 in page


def test_library_asks_no_more_of_the_database_when_it_is_full(
    guest, sign_in, document, admin, other, count_statements
):
    def statements():
        with count_statements() as asked:
            guest.get("/library/")
            guest.get(URL)
        return len(asked)

    sign_in(other).post(f"{URL}take", data={"said": ""})
    before = statements()
    for number in range(3):
        sign_in(other).post(f"/library/{put_in(admin, str(number)).id}/take", data={})
        renew(document, admin, f"ещё {number}")

    assert statements() == before


def test_search_of_the_site_leads_to_the_library(sign_in, document, other):
    page = sign_in(other).get("/search/?q=наставничества").text

    assert "В библиотеке: 1" in page


def test_document_stays_when_its_editor_is_erased(guest, document, tutor):
    renew(document, tutor)

    erase_now(tutor)

    assert db.session.scalar(sa.select(LibraryDocument.number)) == 2
    assert guest.get(f"{URL}editions/2").status_code == 200
