"""What people read when something goes wrong, and what becomes of their text."""

import pytest

from lms.access import PUBLIC, allow
from lms.accounts.models import SignIn
from lms.extensions import db

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


def _break():
    raise ZeroDivisionError


allow(PUBLIC)(_break)


def test_secret_of_a_link_stays_out_of_the_log(guest, caplog):
    guest.get("/accounts/reset/tayna-tayna")

    paths = [
        record.facts["path"] for record in caplog.records if record.name == "lms.logs"
    ]
    assert paths == ["/accounts/reset/…"]
