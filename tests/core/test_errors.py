"""What people read when something goes wrong, and what becomes of their text."""

import time

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from lms.core.access import PUBLIC, allow
from lms.core.extensions import db
from lms.identity.accounts.models import SignIn, User

TEXT = "Первый абзац ответа.\nВторой абзац ответа."


@pytest.fixture
def forgetful(sign_in, member):
    """A browser whose sign-in ended while the page was open."""
    browser = sign_in(member)
    db.session.execute(db.delete(SignIn))
    return browser


@pytest.fixture
def strict(app):
    """A site that asks for form tokens, as the real one does."""
    app.config["WTF_CSRF_ENABLED"] = True


def test_text_comes_back_when_the_sign_in_has_ended(forgetful):
    response = forgetful.post("/accounts/profile", data={"full_name": TEXT})

    assert response.status_code == 401
    assert "Вход закончился" in response.text
    assert "Второй абзац ответа." in response.text


def test_link_comes_back_as_words_do(forgetful):
    link = "https://telemost.example/j/123"

    page = forgetful.post("/accounts/profile", data={"full_name": link}).text

    assert f'value="{link}"' in page


def test_signing_in_again_leads_back_to_the_page(forgetful):
    page = forgetful.post(
        "/accounts/password", headers={"Referer": "http://localhost/home/?part=2"}
    ).text

    assert "/accounts/sign-in?next=/home/?part%3D2" in page


def test_strangers_address_is_not_offered_as_the_page_before(forgetful):
    page = forgetful.post(
        "/accounts/password", headers={"Referer": "https://evil.example/home/"}
    ).text

    assert "evil" not in page


def test_script_is_told_in_json_that_the_sign_in_has_ended(forgetful):
    response = forgetful.post(
        "/accounts/profile", headers={"Accept": "application/json"}
    )

    assert response.status_code == 401
    assert "Войдите снова" in response.json["error"]


def test_script_that_reads_is_not_sent_to_a_page(guest):
    response = guest.get("/home/", headers={"Accept": "application/json"})

    assert response.status_code == 401


def test_text_comes_back_when_the_token_is_old(strict, sign_in, member, app):
    app.config["WTF_CSRF_ENABLED"] = False
    browser = sign_in(member)
    app.config["WTF_CSRF_ENABLED"] = True

    response = browser.post("/accounts/profile", data={"full_name": TEXT})

    assert response.status_code == 400
    assert "Страница устарела" in response.text
    assert "Второй абзац ответа." in response.text


def test_secrets_never_come_back(strict, guest):
    form = {
        "new_password": "тайна-тайна",
        "csrf_token": "IjQ1.aZ-_x",
        "email": "a@b.ru",
    }

    page = guest.post("/accounts/sign-in", data=form).text

    assert "тайна-тайна" not in page
    assert "IjQ1.aZ-_x" not in page
    assert "a@b.ru" in page


def test_typed_html_comes_back_as_text(forgetful):
    page = forgetful.post("/accounts/profile", data={"full_name": "<script>"}).text

    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_text_comes_back_from_an_address_that_is_gone(sign_in, member):
    response = sign_in(member).post("/drafts/404/save", data={"text-a": TEXT})

    assert response.status_code == 404
    assert "Второй абзац ответа." in response.text


def test_text_comes_back_with_the_rule_that_was_broken(sign_in, admin):
    response = sign_in(admin).post(f"/people/{admin.id}/close", data={"why": TEXT})

    assert response.status_code == 409
    assert "Свой доступ не закрыть" in response.text
    assert "Второй абзац ответа." in response.text


def test_too_big_is_said_in_words(sign_in, member, app):
    app.config["MAX_FORM_MEMORY_SIZE"] = 100

    response = sign_in(member).post("/accounts/profile", data={"full_name": "а" * 200})

    assert response.status_code == 413
    assert "слишком большой" in response.text


def test_script_reads_russian_when_something_is_gone(sign_in, member):
    response = sign_in(member).post(
        "/drafts/404/save", headers={"Accept": "application/json"}
    )

    assert "Обновите страницу" in response.json["error"]


def test_unknown_address_has_a_page(guest):
    response = guest.get("/takoy/stranitsy/net")

    assert response.status_code == 404
    assert "Такой страницы нет" in response.text


def test_broken_site_apologises_without_the_database(app, guest, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "home.front", _break)

    response = guest.get("/")

    assert response.status_code == 500
    assert "Сайт споткнулся" in response.text


def test_broken_site_hands_back_what_was_typed(app, guest, monkeypatch):
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "accounts.forgot", _break)

    response = guest.post("/accounts/forgot", data={"email": "Пятеро хотят <шить>"})

    assert response.status_code == 500
    assert "Пятеро хотят &lt;шить&gt;" in response.text


def _break():
    raise ZeroDivisionError


allow(PUBLIC)(_break)


def test_secret_of_a_link_stays_out_of_the_log(guest, caplog):
    guest.get("/accounts/reset/tayna-tayna")

    paths = [
        record.facts["path"]
        for record in caplog.records
        if record.name == "lms.core.logs"
    ]
    assert paths == ["/accounts/reset/…"]


def test_refused_form_is_logged_with_its_id_and_its_own_duration(strict, guest, caplog):
    before = time.perf_counter()

    answer = guest.post("/accounts/sign-in", headers={"X-Request-ID": "refused-1"})

    passed = (time.perf_counter() - before) * 1000
    [line] = [record for record in caplog.records if record.name == "lms.core.logs"]
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (400, "refused-1")
    assert line.facts["ms"] <= passed + 0.1


NO_ROW = [2**31, 2**63, 10**30, "9" * 5000]


@pytest.mark.parametrize("number", NO_ROW)
@pytest.mark.parametrize("method", ["get", "post"])
def test_number_that_no_row_can_have_is_an_unknown_address(
    sign_in, admin, number, method
):
    answer = getattr(sign_in(admin), method)(f"/teams/{number}/edit")

    assert answer.status_code == 404


@pytest.mark.parametrize("number", NO_ROW)
def test_page_of_a_list_that_is_too_far_is_not_there(sign_in, tutor, number):
    assert sign_in(tutor).get(f"/remarks/?page={number}").status_code == 404


@pytest.mark.parametrize("number", NO_ROW)
def test_number_in_a_form_that_fits_no_column_is_refused(
    sign_in, tutor, waiting_work, number
):
    form = {"attempt": number, "summary": TEXT}

    answer = sign_in(tutor).post(f"/reviews/{waiting_work.id}/draft", data=form)

    assert answer.status_code in {302, 400, 404}


@pytest.mark.parametrize("sign", ["\x00", "\x01", "\x0b", "\x0c", "\x1f", "\uffff"])
def test_signs_that_no_document_holds_are_dropped_from_what_was_typed(
    sign_in, member, sign
):
    form = {"full_name": f"Орлов{sign} Олег", "timezone": "Europe/Moscow"}

    sign_in(member).post("/accounts/profile", data=form)

    assert db.session.scalar(sa.select(User.full_name)) == "Орлов Олег"


@pytest.mark.parametrize("url", ["/teams/?q=%00", "/verify/%00", "/invitations/%00"])
def test_zero_bytes_in_an_address_find_nothing(sign_in, admin, url):
    assert sign_in(admin).get(url).status_code in {200, 404}


def test_page_before_with_a_broken_address_is_not_offered(forgetful):
    page = forgetful.post("/accounts/password", headers={"Referer": "http://["})

    assert page.status_code == 401


@pytest.mark.parametrize("sent", [[1], "x", {"email": {"a": 1}}, None])
def test_json_is_no_form(guest, sent):
    answer = guest.post("/accounts/forgot", json=sent)

    assert answer.status_code == 200


def test_failed_statement_tells_the_log_no_words_of_people(app):
    statement = sa.select(User).where(User.email == "тайна", db.text("1 = nothing"))

    with pytest.raises(DBAPIError) as caught:
        db.session.execute(statement)

    db.session.rollback()
    assert "тайна" not in str(caught.value)


@pytest.mark.parametrize("host", ["a..b", f"{'a' * 64}.ru", f"{'б' * 60}.рф"])
@pytest.mark.parametrize("address", ["/healthz", "/verify/"])
def test_host_that_is_no_name_is_a_bad_request(guest, host, address):
    assert guest.get(address, headers={"Host": host}).status_code == 400
