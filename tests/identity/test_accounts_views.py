"""Pages of accounts."""

from urllib.parse import urlsplit

import pytest

from lms.identity.accounts.password_links import password_link
from lms.identity.accounts.sign_ins import sign_out_everywhere
from tests.conftest import PASSPHRASE, PASSWORD, person

SIGN_IN = "/accounts/sign-in"


@pytest.fixture
def limited(site_with):
    """A browser on a site that counts tries, as the real one does."""
    return site_with(RATELIMIT_ENABLED=True).test_client()


def answers(user, **changes):
    """The sign-in form filled in correctly, apart from `changes`."""
    return {"email": user.email, "password": PASSWORD} | changes


def test_person_signs_in(guest, member):
    response = guest.post("/accounts/sign-in", data=answers(member))

    assert response.location == "/home/"
    assert "Олег Орлов" in guest.get("/home/").text


def test_address_may_be_typed_in_capitals(guest, member):
    form = answers(member, email=f" {member.email.upper()} ")

    assert guest.post("/accounts/sign-in", data=form).status_code == 302


def test_typed_address_stays_when_the_password_is_wrong(guest, member):
    page = guest.post("/accounts/sign-in", data=answers(member, password="нет")).text

    assert "не подошли" in page
    assert member.email in page


@pytest.mark.parametrize("field", ["email", "password"])
def test_both_fields_are_required(guest, member, field):
    page = guest.post("/accounts/sign-in", data=answers(member, **{field: ""})).text

    assert "field__error" in page


def test_sign_in_leads_where_the_person_was_going(guest, member):
    wanted = guest.get("/home/?part=2").location

    assert guest.post(wanted, data=answers(member)).location == "/home/?part=2"


@pytest.mark.parametrize(
    "trap", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil"]
)
def test_sign_in_never_leads_to_another_site(guest, member, trap):
    response = guest.post(
        "/accounts/sign-in", query_string={"next": trap}, data=answers(member)
    )

    assert response.location == "/home/"


def test_two_people_in_two_browsers_stay_two(sign_in, member, other):
    first, second = sign_in(member), sign_in(other)

    assert "Олег Орлов" in first.get("/home/").text
    assert "Алия Юсупова" in second.get("/home/").text


def test_late_answer_to_an_older_page_undoes_no_sign_in(sign_in, member):
    browser = sign_in(member)
    sign_out_everywhere(member)

    late = browser.get("/home/", headers={"Accept": "application/json"})

    assert late.status_code == 401
    assert "Set-Cookie" not in late.headers


def test_signing_out_ends_the_session(sign_in, member):
    browser = sign_in(member)

    browser.post("/accounts/sign-out")

    assert browser.get("/home/").status_code == 302


def test_wrong_password_counts_against_the_account_only(limited, member, other):
    for _ in range(10):
        limited.post("/accounts/sign-in", data=answers(member, password="нет"))

    refused = limited.post("/accounts/sign-in", data=answers(member))
    assert refused.status_code == 429
    assert "Подождите четверть часа" in refused.text
    assert limited.post("/accounts/sign-in", data=answers(other)).status_code == 302


def test_stranger_who_guesses_locks_nobody_out(limited, member):
    stranger = {"REMOTE_ADDR": "203.0.113.7"}
    for _ in range(11):
        form = answers(member, password="нет")
        refused = limited.post(SIGN_IN, data=form, environ_base=stranger)

    assert refused.status_code == 429
    assert limited.post(SIGN_IN, data=answers(member)).status_code == 302


def test_account_has_a_limit_for_all_addresses_together(limited, member):
    form = answers(member, password="нет")
    for n in range(100):
        limited.post(SIGN_IN, data=form, environ_base={"REMOTE_ADDR": f"10.0.0.{n}"})

    assert limited.post(SIGN_IN, data=answers(member)).status_code == 429


def test_limit_keeps_the_address_out_of_the_log(limited, member, caplog):
    for _ in range(11):
        limited.post("/accounts/sign-in", data=answers(member, password="нет"))

    assert member.email not in caplog.text


def test_whole_school_signs_in_from_one_address(limited):
    teachers = [person(f"Учитель {n}", f"t{n}@example.org") for n in range(61)]

    browsers = [limited.application.test_client() for _ in teachers]
    statuses = [
        browser.post("/accounts/sign-in", data=answers(teacher)).status_code
        for browser, teacher in zip(browsers, teachers, strict=True)
    ]

    assert set(statuses) == {302}


def test_letters_are_limited_whether_the_address_is_known_or_not(limited):
    form = {"email": "nobody@example.org"}
    for _ in range(5):
        assert limited.post("/accounts/forgot", data=form).status_code == 200

    assert limited.post("/accounts/forgot", data=form).status_code == 429


def test_page_of_a_forgotten_password_promises_no_letter_without_mail(guest, app):
    form = {"email": "anna@example.org"}
    assert "ссылка на <strong>" in guest.post("/accounts/forgot", data=form).text

    app.config["SMTP_URL"] = "smtp://mail.example.org"
    page = guest.post("/accounts/forgot", data=form).text
    assert "придёт туда в ближайшие минуты" in page


def test_forgotten_password_answers_the_same_to_everybody(guest, member):
    known = guest.post("/accounts/forgot", data={"email": member.email}).text
    form = {"email": "nobody@example.org"}
    unknown = guest.post("/accounts/forgot", data=form).text

    assert known.replace(member.email, "") == unknown.replace(form["email"], "")


def test_address_that_no_letter_reaches_is_refused(guest):
    page = guest.post("/accounts/forgot", data={"email": "олег@"}).text

    assert "name@school.ru" in page
    assert "олег@" in page


def test_link_sets_a_password_and_signs_in(guest, member):
    link = urlsplit(password_link(member)).path

    assert member.email in guest.get(link).text
    form = {"new_password": PASSPHRASE}
    assert guest.post(link, data=form).location == "/home/"
    assert guest.get("/home/").status_code == 200


def test_dead_link_says_so_and_offers_a_new_one(guest):
    page = guest.get("/accounts/reset/staraya", follow_redirects=True).text

    assert "больше не действует" in page
    assert "Прислать ссылку" in page


def test_easy_new_password_is_refused_at_the_field(guest, member):
    page = guest.post(password_link(member), data={"new_password": "Пароль-12345"}).text

    assert "подбирают первым" in page


def test_changed_password_keeps_this_browser(sign_in, member):
    here, elsewhere = sign_in(member), sign_in(member)

    form = {"current_password": PASSWORD, "new_password": PASSPHRASE}
    here.post("/accounts/password", data=form)

    assert here.get("/home/").status_code == 200
    assert elsewhere.get("/home/").status_code == 302


def test_wrong_current_password_is_refused(sign_in, member):
    form = {"current_password": "не тот пароль", "new_password": PASSPHRASE}
    page = sign_in(member).post("/accounts/password", data=form).text

    assert "не подошёл" in page


def test_person_changes_name_and_clock(sign_in, member):
    form = {"full_name": "Орлов Олег", "timezone": "Asia/Omsk"}
    sign_in(member).post("/accounts/profile", data=form)

    assert (member.full_name, member.timezone) == ("Орлов Олег", "Asia/Omsk")


@pytest.mark.parametrize("name", ["", "Олег", "Олег \u202e\u3164"])
def test_name_is_written_as_in_documents(sign_in, member, name):
    form = {"full_name": name, "timezone": "Asia/Omsk"}
    page = sign_in(member).post("/accounts/profile", data=form).text

    assert "Напишите фамилию и имя" in page
    assert member.full_name == "Орлов Олег Сергеевич"


def test_profile_shows_where_one_is_signed_in(sign_in, member):
    sign_in(member)
    page = sign_in(member).get("/accounts/profile").text

    assert page.count("этот браузер") == 1
    assert page.count("Завершить вход") == 1


def test_leaving_everywhere_leaves_here_too(sign_in, member):
    here, elsewhere = sign_in(member), sign_in(member)

    page = here.post("/accounts/sign-out/everywhere", follow_redirects=True).text

    assert "Вы вышли во всех браузерах" in page
    assert elsewhere.get("/home/").status_code == 302
