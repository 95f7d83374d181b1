"""The consent to personal-data processing."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts import consents
from lms.identity.accounts.models import Consent, ConsentDocument, User
from tests.conftest import count

FIRST = ("2026-09", "Согласие", "<p>Первый текст</p>")
SECOND = ("2027-01", "Согласие", "<p>Новый текст</p>")


@pytest.fixture
def document(app):
    consents.import_consent(*FIRST)
    return consents.current_consent_document()


def test_new_version_is_in_force(document):
    assert consents.import_consent(*SECOND)

    assert consents.current_consent_document().version == "2027-01"


def test_same_text_again_changes_nothing(document):
    assert not consents.import_consent(*FIRST)

    assert count(ConsentDocument) == 1


def test_same_version_never_gets_another_text(document):
    with pytest.raises(RuleError, match="Поднимите version"):
        consents.import_consent("2026-09", "Согласие", "<p>Подменённый текст</p>")


def test_consent_is_kept_with_version_and_time(document, member):
    assert not member.has_consented

    consents.accept_consent(member, document.version)

    db.session.expire_all()
    assert member.has_consented
    consent = consents.last_consent(member)
    assert (consent.document.version, bool(consent.accepted_at)) == ("2026-09", True)


def test_new_version_is_asked_again(document, member):
    consents.accept_consent(member, document.version)

    consents.import_consent(*SECOND)

    db.session.expire_all()
    assert not member.has_consented
    assert consents.last_consent(member).document.version == "2026-09"


@pytest.mark.parametrize("version", ["2026-09", "", "нет такой"])
def test_only_the_text_in_force_can_be_accepted(document, member, version):
    consents.import_consent(*SECOND)

    with pytest.raises(RuleError, match="Прочитайте новый"):
        consents.accept_consent(member, version)

    assert count(Consent) == 0


def test_double_click_is_one_consent(document, member, race):
    user_id, version = member.id, document.version

    def accept():
        consents.accept_consent(db.session.get(User, user_id), version)

    assert race(accept, accept) == [None, None]
    assert count(Consent) == 1


def test_nobody_is_asked_before_there_is_a_text(member):
    assert member.has_consented
    assert consents.current_consent_document() is None


def test_consent_is_shown_as_it_was_sanitised(document):
    assert document.text.__html__() == "<p>Первый текст</p>"


def test_consent_comes_before_everything_else(document, sign_in, member):
    response = sign_in(member).get("/home/?part=2")

    assert response.location == "/accounts/consent?next=/home/?part%3D2"


def test_box_is_not_ticked_beforehand(document, sign_in, member):
    page = sign_in(member).get("/accounts/consent").text

    assert "<p>Первый текст</p>" in page
    assert "checked" not in page


def test_consent_leads_where_the_person_was_going(document, sign_in, member):
    form = {"version": document.version, "agreed": "y"}
    response = sign_in(member).post("/accounts/consent?next=/modules/", data=form)

    assert response.location == "/modules/"
    assert member.consent_version == "2026-09"


def test_consent_without_the_box_is_none(document, sign_in, member):
    form = {"version": document.version}
    page = sign_in(member).post("/accounts/consent", data=form).text

    assert "отметьте согласие" in page
    assert member.consent_version is None


def test_text_that_changed_meanwhile_has_to_be_read(document, sign_in, member):
    consents.import_consent(*SECOND)

    form = {"version": "2026-09", "agreed": "y"}
    page = sign_in(member).post("/accounts/consent", data=form).text

    assert "Прочитайте новый" in page
    assert 'value="2027-01"' in page
    assert "checked" not in page


def test_who_is_asked_again_first_finishes_what_was_begun(document, sign_in, member):
    consents.accept_consent(member, document.version)
    browser = sign_in(member)
    consents.import_consent(*SECOND)

    form = {"full_name": "Орлов Олег", "timezone": "Asia/Omsk"}
    assert browser.post("/accounts/profile", data=form).status_code == 302

    assert member.full_name == "Орлов Олег"
    assert browser.get("/accounts/profile").status_code == 302


def test_who_never_agreed_changes_nothing(document, sign_in, member):
    form = {"full_name": "Орлов Олег", "timezone": "Asia/Omsk"}

    assert sign_in(member).post("/accounts/profile", data=form).status_code == 401


def test_who_does_not_agree_can_leave(document, sign_in, member):
    browser = sign_in(member)

    assert "Если вы не согласны" in browser.get("/accounts/consent").text
    assert browser.post("/accounts/sign-out").status_code == 302


def test_anybody_reads_the_consent(document, guest):
    assert "<p>Первый текст</p>" in guest.get("/accounts/consent/text").text
