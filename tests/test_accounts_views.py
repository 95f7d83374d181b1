"""Pages of accounts."""

import pytest

from tests.conftest import PASSWORD


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


def test_signing_out_ends_the_session(sign_in, member):
    browser = sign_in(member)

    browser.post("/accounts/sign-out")

    assert browser.get("/home/").status_code == 302
