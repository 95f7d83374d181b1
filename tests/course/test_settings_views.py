"""«Настройки курса» and the contact on every page."""

from io import BytesIO

import pytest

from lms.course.settings.loading import known_organiser
from lms.course.settings.models import SettingsRevision
from lms.course.settings.services import current_settings, save_settings
from lms.setup.start import check_start
from tests.conftest import count, letters
from tests.mail_server import mail_server
from tests.photos import opened, photo
from tests.sample_course import store_course
from tests.signatures import INK, png

CONTACT = "mailto:kurs@school.ru"


def words(**changes):
    """Everything that the page asks, filled in."""
    return {
        "seen": "0",
        "organiser_name": "Центр",
        "organiser_email": "kurs@school.ru",
        "signer": "Седова Анна",
        "hours": "40",
        "join": "Пишите **нам**",
    } | changes


@pytest.fixture
def browser(app, admin, sign_in):
    store_course()
    return sign_in(admin)


@pytest.fixture
def contact(browser):
    """A site that says whom to write to."""
    browser.post("/settings/", data=words())


def test_page_shows_what_course_md_says(browser):
    page = browser.get("/settings/").text

    assert 'value="Руководитель курса"' in page
    assert 'value="36"' in page


def test_site_without_a_course_says_what_to_do(admin, sign_in):
    assert "flask setup" in sign_in(admin).get("/settings/").text


def test_saved_words_are_on_the_front_page(browser, guest):
    browser.post("/settings/", data=words())

    page = guest.get("/").text
    assert "<dd>40</dd>" in page
    assert "<strong>нам</strong>" in page
    assert CONTACT in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"organiser_email": "школа"}, "похож на kurs@school.ru"),
        ({"signer": ""}, "кто подписывает"),
        ({"signer": "  "}, "кто подписывает"),
        ({"signer": "Седова 🌳"}, "не напечатать «🌳»"),
        ({"signer_position": "директор \ua64b"}, "не напечатать «\ua64b»"),
        ({"hours": "0"}, "от 1 до 1000"),
        ({"operator_name": "Центр"}, "нужны все три строки"),
        ({"join": "я" * 2001}, "Не больше 2000"),
    ],
)
def test_wrong_words_come_back(browser, changes, said):
    page = browser.post("/settings/", data=words(issuer="Институт", **changes)).text

    assert said in page
    assert 'value="Институт"' in page
    assert count(SettingsRevision) == 0


def test_address_with_spaces_and_strange_signs_leads_to_itself(browser, guest):
    browser.post("/settings/", data=words(organiser_email=" kurs?to=x@school.ru "))

    assert 'href="mailto:kurs%3Fto%3Dx@school.ru"' in guest.get("/").text


def test_organiser_without_a_name_is_an_address(browser, guest):
    browser.post("/settings/", data=words(organiser_name=""))

    assert f'Организатор курса: <a href="{CONTACT}">' in guest.get("/").text


def test_page_says_what_wins_course_md_or_the_browser(browser):
    assert (
        "Пока действует то, что написано в course.md" in browser.get("/settings/").text
    )

    browser.post("/settings/", data=words())
    assert "course.md этих настроек больше не меняет" in browser.get("/settings/").text


def test_who_was_slower_sees_their_words_and_may_save_them(browser, admin):
    other = current_settings().settings.model_copy(update={"signer": "Ким"})
    save_settings(other, seen=0, actor=admin)

    page = browser.post("/settings/", data=words()).text

    assert "уже изменили" in page
    assert 'value="Седова Анна"' in page
    browser.post("/settings/", data=words(seen="1"))
    assert current_settings().settings.signer == "Седова Анна"


def test_picture_of_a_signature_is_kept_shown_and_taken_away(browser):
    browser.post("/settings/", data=words(signature=(BytesIO(INK), "p.png")))
    signature = current_settings().settings.signature

    assert browser.get(f"/settings/signature/{signature}").data == INK
    assert f"/settings/signature/{signature}" in browser.get("/settings/").text

    browser.post("/settings/", data=words(seen="1", without_signature="y"))
    assert current_settings().settings.signature == ""


def test_photo_of_a_signature_is_turned_and_tells_no_camera(browser):
    browser.post("/settings/", data=words(signature=(BytesIO(photo()), "p.jpg")))
    signature = current_settings().settings.signature

    picture = opened(browser.get(f"/settings/signature/{signature}").data)

    assert picture.size == (48, 64)
    assert not picture.getexif()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"GIF89a", "PNG или JPEG"),
        (png(2001, 1), "не больше 2000 точек"),
        (INK[:-30], "не напечатать"),
        (INK + b"\0" * 200 * 1024, "больше 200"),
    ],
)
def test_picture_that_would_not_be_printed_is_refused(browser, content, said):
    file = (BytesIO(content), "p.png")

    page = browser.post("/settings/", data=words(signature=file)).text

    assert said in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "выберите ещё раз" in page
    assert count(SettingsRevision) == 0


def test_earlier_settings_are_read_and_brought_back(browser):
    browser.post("/settings/", data=words())
    browser.post("/settings/", data=words(seen="1", signer="Ким"))

    assert "Версия 1" in browser.get("/settings/revisions").text
    assert "Седова Анна" in browser.get("/settings/revisions/1").text
    browser.post("/settings/revisions/1/restore?seen=2")
    assert current_settings().settings.signer == "Седова Анна"


def test_journal_leads_to_what_was_saved(browser):
    browser.post("/settings/", data=words())

    assert 'href="/settings/revisions/1"' in browser.get("/audit/").text


@pytest.mark.parametrize("page", ["/", "/accounts/sign-in", "/verify/", "/nothing"])
def test_contact_stands_on_every_public_page(contact, guest, page):
    assert CONTACT in guest.get(page).text


@pytest.mark.parametrize(
    "page", ["/", "/accounts/sign-in", "/verify/?code=K7QD-M2XP-4RTW-9HNC", "/nothing"]
)
def test_nobody_is_told_to_write_where_no_address_is(guest, app, page):
    store_course()

    assert "апишите организатору" not in guest.get(page).text


def test_change_is_seen_by_another_process(contact, admin, site_with):
    other = site_with().test_client()
    assert CONTACT in other.get("/").text

    now = current_settings()
    changed = now.settings.model_copy(update={"organiser_email": "new@school.ru"})
    save_settings(changed, seen=now.number, actor=admin)

    assert "mailto:new@school.ru" in other.get("/").text


def test_settings_cost_a_page_one_statement(contact, guest, count_statements):
    guest.get("/accounts/sign-in")

    with count_statements() as statements:
        guest.get("/accounts/sign-in")

    assert len(statements) == 1


def test_kept_page_changes_with_the_contact(module, member, admin, sign_in):
    store_course()
    reader, editor = sign_in(member), sign_in(admin)
    lesson = f"/modules/{module.slug}/"
    known = {"If-None-Match": reader.get(lesson).headers["ETag"]}

    editor.post("/settings/", data=words())

    assert CONTACT in reader.get(lesson, headers=known).text


def test_broken_page_asks_no_database_and_knows_the_contact(contact, app, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    guest = app.test_client()
    guest.get("/")
    monkeypatch.setattr("lms.overview.home.views.current_course", lambda: 1 / 0)

    page = guest.get("/")

    assert page.status_code == 500
    assert CONTACT in page.text


def test_process_that_has_shown_no_page_knows_the_contact(contact, site_with):
    other = site_with()
    check_start(other)

    with other.app_context():
        assert known_organiser().email == "kurs@school.ru"


def test_letter_ends_with_the_contact_and_answers_go_there(contact, guest, admin):
    guest.post("/accounts/forgot", data={"email": admin.email})

    [letter] = letters()
    assert letter["text"].endswith("Организатор курса: Центр, kurs@school.ru\n")
    assert letter["reply-to"] == "kurs@school.ru"


def test_letter_to_oneself_shows_the_answer_of_the_server(browser, app, admin):
    with mail_server() as server:
        app.config["SMTP_URL"] = server.url
        browser.post("/settings/test-letter")

    assert "сервер ответил: 250 ok" in browser.get("/home/").text
    assert admin.email.encode() in server.letters[0]


def test_letter_that_did_not_leave_says_why(browser, app):
    with mail_server(DATA="554 spam") as server:
        app.config["SMTP_URL"] = server.url
        browser.post("/settings/test-letter")

    assert (
        "Письмо не ушло: почтовый сервер ответил: 554 spam"
        in browser.get("/home/").text
    )


def test_site_without_a_mail_server_says_so(browser):
    browser.post("/settings/test-letter")

    assert "Почта не настроена" in browser.get("/home/").text
