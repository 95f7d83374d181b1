"""Signing in with a code, adding one, and being asked to."""

import re

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.settings.models import SettingsRevision
from lms.course.settings.settings import Settings
from lms.identity.accounts.models import SignIn
from lms.identity.accounts.services import change_password
from lms.identity.factors.models import SecondFactor
from lms.identity.factors.services import factor_of
from tests.conftest import PASSPHRASE, PASSWORD, count, letters, save
from tests.identity.test_factors_services import add_factor, code_of

ENTER = "/factors/enter"
HOME = "/home/"


def give_password(browser, user, goes_to=""):
    form = {"email": user.email, "password": PASSWORD}
    return browser.post(f"/accounts/sign-in{goes_to}", data=form)


def give_code(browser, code, address=ENTER):
    return browser.post(address, data={"password_code": code})


@pytest.fixture
def demanded(admin):
    """The organiser asked everybody with a role for a code."""
    facts = Settings(signer="Лях Вера", hours=36, second_factor=True)
    content = facts.model_dump(mode="json")
    save(SettingsRevision(number=1, content=content, author_id=admin.id))


def test_person_signs_in_with_password_and_code(guest, tutor):
    add_factor(tutor)

    asked = give_password(guest, tutor, "?next=/reviews/")
    assert guest.get(HOME).status_code == 302
    entered = give_code(guest, code_of(tutor), asked.location)

    assert asked.location == f"{ENTER}?next=/reviews/"
    assert entered.location == "/reviews/"
    assert guest.get(HOME).status_code == 200


def test_wrong_code_lets_nobody_in(guest, tutor):
    add_factor(tutor)
    give_password(guest, tutor)

    page = give_code(guest, "123456")

    assert "Код не подошёл" in page.text
    assert count(SignIn) == 0


def test_code_without_a_password_is_asked_of_nobody(guest, tutor):
    add_factor(tutor)

    answer = give_code(guest, code_of(tutor))

    assert answer.location == "/accounts/sign-in"
    assert count(SignIn) == 0


def test_account_that_is_closed_meanwhile_is_asked_for_no_code(guest, tutor):
    add_factor(tutor)
    give_password(guest, tutor)
    tutor.closed_at = utcnow()
    db.session.commit()

    assert give_code(guest, code_of(tutor)).location == "/accounts/sign-in"
    assert count(SignIn) == 0


def test_half_a_sign_in_ends_with_the_password_it_began_with(guest, sign_in, tutor):
    own = sign_in(tutor)
    add_factor(tutor)
    give_password(guest, tutor)

    change_password(tutor, current=PASSWORD, new=PASSPHRASE, keep="")

    assert give_code(guest, code_of(tutor)).location == "/accounts/sign-in"
    assert guest.get(HOME).status_code == own.get(HOME).status_code == 302


def test_half_a_sign_in_is_forgotten_on_request(guest, tutor):
    add_factor(tutor)
    give_password(guest, tutor)
    assert guest.get("/accounts/sign-in").location == ENTER

    guest.post("/accounts/sign-out")

    assert guest.get("/accounts/sign-in").status_code == 200


def test_codes_are_not_guessed_for_ever(site_with, tutor):
    add_factor(tutor)
    browser = site_with(RATELIMIT_ENABLED=True).test_client()
    give_password(browser, tutor)
    for _ in range(10):
        give_code(browser, "123456")

    assert give_code(browser, code_of(tutor)).status_code == 429


def test_link_for_a_new_password_asks_for_the_code_too(guest, tutor):
    add_factor(tutor)
    guest.post("/accounts/forgot", data={"email": tutor.email})
    text = letters()[-1]["text"]
    address = re.search(r"/accounts/reset/\S+", text)[0]

    guest.post(address, data={"new_password": PASSPHRASE})
    assert guest.get(HOME).status_code == 302
    give_code(guest, code_of(tutor))

    assert guest.get(HOME).status_code == 200


def test_tutor_adds_a_factor_from_the_profile(sign_in, tutor):
    browser = sign_in(tutor)
    assert "/factors/" in browser.get("/accounts/profile").text
    browser.post("/factors/begin")
    picture = browser.get("/factors/new.svg")
    shown = browser.get("/factors/new")

    page = give_code(browser, code_of(tutor), "/factors/new")

    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", page.text)
    assert picture.mimetype == "image/svg+xml"
    assert len(codes) == 10
    for secret in (shown, page):
        assert secret.headers["Cache-Control"] == "private, no-store"
    assert codes[0] not in browser.get("/factors/").text


def test_wrong_first_code_keeps_the_picture(sign_in, tutor):
    browser = sign_in(tutor)
    browser.post("/factors/begin")
    before = browser.get("/factors/new.svg").data

    page = give_code(browser, "123456", "/factors/new")

    assert "Код не подошёл" in page.text
    assert browser.get("/factors/new.svg").data == before
    assert factor_of(tutor) is None


def test_participant_is_offered_nothing(sign_in, member):
    browser = sign_in(member)

    assert "/factors/" not in browser.get("/accounts/profile").text
    assert browser.get("/factors/").status_code == 404


@pytest.mark.parametrize("name", ["tutor", "admin"])
def test_demanded_factor_is_added_before_anything_else(
    sign_in, demanded, request, name
):
    user = request.getfixturevalue(name)
    browser = sign_in(user)
    assert browser.get(HOME).location == "/factors/?next=/home/"
    assert browser.post("/accounts/profile").status_code == 401

    browser.post("/factors/begin")
    give_code(browser, code_of(user), "/factors/new")

    assert browser.get(HOME).status_code == 200


def test_demand_does_not_concern_participants(sign_in, demanded, member):
    assert sign_in(member).get(HOME).status_code == 200


def test_factor_that_is_demanded_may_move_to_another_phone(sign_in, demanded, tutor):
    browser = sign_in(tutor)
    add_factor(tutor, keep=db.session.scalars(db.select(SignIn.token_hash)).one())

    give_code(browser, code_of(tutor), "/factors/remove")

    assert count(SecondFactor) == 0
    assert browser.get(HOME).location == "/factors/?next=/home/"


def test_admin_resets_a_factor_on_the_page_of_the_person(sign_in, admin, tutor):
    add_factor(tutor)
    browser = sign_in(admin)
    address = f"/people/{tutor.id}/"
    assert "Сбросить вход с кодом" in browser.get(address).text

    browser.post(f"{address}reset-factor")

    assert "Сбросить вход с кодом" not in browser.get(address).text
    assert factor_of(tutor) is None


def test_code_is_not_handed_back_by_a_refused_page(site_with, tutor):
    browser = site_with(WTF_CSRF_ENABLED=True).test_client()

    page = give_code(browser, "abcd-efgh ijkl", "/factors/new")

    assert "ijkl" not in page.text
