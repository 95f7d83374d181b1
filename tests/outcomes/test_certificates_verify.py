"""The public check: true, short, and nothing private."""

import pytest

from lms.outcomes.certificates import services


@pytest.fixture
def check(guest, certificate):
    """Return a function that gives what a stranger sees."""
    return lambda code=None: guest.get(f"/verify/{code or certificate.code}")


def test_valid_certificate(check, certificate):
    page = check().text

    assert "Сертификат действителен" in page
    assert "Седова Анна Викторовна" in page
    assert certificate.number in page
    assert "36\N{NO-BREAK SPACE}часов" in page
    assert "Наставничество. Практики" in page


def test_nothing_private_is_shown(check, captain):
    page = check().text

    assert captain.email not in page
    assert "Опора" not in page
    assert "Новосибирск" not in page


def test_search_engines_stay_out(check):
    assert check().headers["X-Robots-Tag"] == "noindex"


def test_revoked_certificate_says_when_and_why(check, certificate, admin):
    services.revoke_certificate(certificate, reason="Чужие работы", actor=admin)

    page = check().text

    assert "Сертификат отозван" in page
    assert "Чужие работы" in page


def test_replaced_certificate_leads_to_the_new_one(check, certificate, admin):
    words = {name: getattr(certificate, name) for name in services.CORRECTED}
    words["holder_name"] = "Седова Яна"
    new = services.replace_certificate(certificate, corrected=words, actor=admin)

    page = check().text

    assert "Сертификат заменён" in page
    assert f"/verify/{new.code}" in page
    assert "Сертификат действителен" in check(new.code).text


def test_code_may_be_typed_small_and_with_spaces(guest, certificate):
    typed = certificate.code.lower().replace("-", " ")

    assert guest.get("/verify/", query_string={"code": typed}).location.endswith(
        certificate.code
    )


def test_unknown_code_says_what_to_check(check):
    page = check("K7QD-M2XP-4RTW-9HNC")

    assert page.status_code == 404
    assert "Сверьте код" in page.text
    assert 'value="K7QD-M2XP-4RTW-9HNC"' in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Напишите код"),
        ("ТС-2026-000001", "Это номер сертификата"),
        ("абв/где", "шестнадцать букв"),
    ],
)
def test_what_is_no_code_comes_back(guest, app, typed, words):
    page = guest.get("/verify/", query_string={"code": typed})

    assert words in page.text
    assert f'value="{typed}"' in page.text


def test_mean_text_is_inert(guest, app):
    page = guest.get("/verify/", query_string={"code": "<script>alert(1)</script>"})

    assert "<script>alert" not in page.text


def test_guessing_is_slowed_down(site_with):
    browser = site_with(RATELIMIT_ENABLED=True).test_client()

    answers = [browser.get("/verify/K7QD").status_code for _ in range(31)]

    assert answers == [404] * 30 + [429]
