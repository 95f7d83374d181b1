"""Pages of the library: what a visitor and a school find there."""

from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.library.models import DocumentKind, LibraryDocument
from lms.network.library.services import withdraw_document
from lms.network.library.shelves import Filters, count_documents, find_documents
from tests.erasures import erase_now
from tests.library import pdf, put_in, renew

# Each test has one document.
URL = "/library/1/"


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


def test_school_takes_a_document_on_the_page(sign_in, guest, document, other):
    said = {"said": "Приняли на педсовете."}
    sign_in(other).post(f"{URL}take", data=said)

    assert "Приняли на педсовете." in guest.get(URL).text
    assert "взяли: 1" in guest.get("/library/").text


def test_line_about_a_document_withdrawn_meanwhile_is_handed_back(
    sign_in, document, admin, other
):
    withdraw_document(document, "Устарел.", editor=admin)

    answer = sign_in(other).post(f"{URL}take", data={"said": "Приняли на педсовете."})

    assert answer.status_code == 409
    assert "Документ отозвали" in answer.text
    assert "Приняли на педсовете." in answer.text


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
