"""A real site names whom people write to and who answers for their data."""

import pytest

from lms.core.environment import StartError
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.settings.services import current_settings, save_settings
from lms.identity.accounts.consents import current_consent_document
from lms.identity.accounts.passwords import hash_password
from lms.setup.naming import name_organiser
from lms.setup.start import check_start
from tests.conftest import PASSPHRASE
from tests.course.test_modules_sync import CONSENT
from tests.course.test_settings_services import publish
from tests.setup.test_setup_commands import ADMIN, course, flask  # noqa: F401

ORGANISER = {
    "LMS_ORGANISER_NAME": "Центр",
    "LMS_ORGANISER_EMAIL": "kurs@school.ru",
}
OPERATOR = {
    "LMS_OPERATOR_NAME": "Центр развития",
    "LMS_OPERATOR_ADDRESS": "Бердск, Школьная, 1",
    "LMS_OPERATOR_CONTACT": "dannye@school.ru",
}


@pytest.fixture
def nameless(app, admin):
    """A real site with the course of the sample, nobody of whom can be written to."""
    admin.email = "lyakh@school.ru"
    admin.password_hash = hash_password(PASSPHRASE)
    db.session.commit()
    publish()
    app.config["LMS_PRODUCTION"] = True
    return app


def start(site):
    """Start as a server does, which has no transaction open."""
    db.session.rollback()
    check_start(site)


def test_real_site_without_an_organiser_does_not_start(nameless):
    with pytest.raises(StartError, match=r"Организатор не назван.*flask setup"):
        start(nameless)


def test_newer_consent_names_the_operator_by_itself(nameless):
    name_organiser(ORGANISER | OPERATOR)
    publish(consent=CONSENT.replace('"1"', '"2"') + "\nДругой: {оператор}\n")

    start(nameless)
    assert "Другой: Центр развития" in current_consent_document().html


def test_operator_alone_is_demanded_where_the_organiser_is_known(nameless, admin):
    now = current_settings()
    named = now.settings.model_copy(update={"organiser_email": "kurs@school.ru"})
    save_settings(named, seen=0, actor=admin)

    with pytest.raises(StartError, match="не назван оператор"):
        start(nameless)


def test_own_machine_starts_without(nameless):
    nameless.config["LMS_PRODUCTION"] = False

    start(nameless)


def test_site_without_a_course_is_not_asked(app):
    app.config["LMS_PRODUCTION"] = True

    start(app)
    assert "без изменений" in name_organiser({})


def test_names_of_the_environment_open_the_site(nameless):
    said = name_organiser(ORGANISER | OPERATOR)

    start(nameless)
    assert "записаны" in said
    assert current_settings().organiser.email == "kurs@school.ru"
    assert "Центр развития" in current_consent_document().html
    assert "без изменений" in name_organiser({})


def test_half_of_the_names_leaves_the_site_closed(nameless):
    said = name_organiser(ORGANISER)

    assert "LMS_OPERATOR_NAME" in said
    with pytest.raises(StartError):
        start(nameless)


def test_address_that_is_none_is_refused(nameless):
    wrong = ORGANISER | OPERATOR | {"LMS_ORGANISER_EMAIL": "kurs@"}

    with pytest.raises(StartError, match="LMS_ORGANISER_EMAIL=kurs@"):
        name_organiser(wrong)


def test_what_was_named_is_not_emptied_again(nameless, admin):
    name_organiser(ORGANISER | OPERATOR)
    now = current_settings()

    for field, words in (("organiser_email", "писать"), ("operator_name", "согласие")):
        emptied = now.settings.model_copy(update={field: ""})
        with pytest.raises(RuleError, match=words):
            save_settings(emptied, seen=now.number, actor=admin)


def test_setup_asks_on_the_screen(flask, bare, course):  # noqa: F811
    sample = "organiser: {name: О, email: a@example.org}\nsample: true\ncompletion:"
    words = (course / "course.md").read_text().replace("completion:", sample)
    (course / "course.md").write_text(words)
    bare.config["LMS_PRODUCTION"] = True

    result = flask("setup", **ADMIN)
    assert "пока не запустится" in result.output
    result = flask("setup", typed="Центр\nkurs@\nkurs@school.ru\n", **ADMIN)

    assert result.exit_code == 0, result.output
    assert current_settings().organiser.in_a_line == "Центр, kurs@school.ru"
