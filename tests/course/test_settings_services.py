"""Settings of the course: seeded by `course.md`, kept in revisions, seen by all."""

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.sync import import_course
from lms.course.settings.models import SettingsRevision
from lms.course.settings.services import (
    current_settings,
    newest_revision,
    restore_settings,
    save_settings,
)
from lms.identity.accounts.consents import accept_consent, current_consent_document
from lms.identity.audit.models import AuditEvent
from tests.conftest import copies_of, count
from tests.course.test_modules_sync import CONSENT, COURSE

SAMPLE = COURSE.replace(
    "completion:",
    "organiser: {name: Организатор, email: a@example.org}\nsample: true\ncompletion:",
)
OPERATOR = {
    "operator_name": "Центр <1>",
    "operator_address": "Бердск, Школьная, 1",
    "operator_contact": "kurs@school.ru",
}


def publish(course=SAMPLE, consent=CONSENT + "\nОператор: {оператор}\n"):
    files = {"course.md": course.encode(), "consent.md": consent.encode()}
    outcome = import_course(files, neighbours=["nastavnichestvo"])
    assert not outcome.is_refused, outcome


@pytest.fixture
def course(app):
    """The course of a new site: nobody has changed the names of the sample."""
    publish()


@pytest.fixture
def save(course, admin):
    """Return a function that changes some of the settings."""

    def change(**words):
        now = current_settings()
        settings = now.settings.model_copy(update=words)
        save_settings(settings, seen=now.number, actor=admin)
        return current_settings()

    return change


def test_course_seeds_the_settings_and_its_names_are_samples(course):
    now = current_settings()

    assert (now.number, now.settings.signer) == (0, "Руководитель курса")
    assert now.samples == {"organiser_name", "organiser_email", "signer", "hours"}
    assert now.organiser is None


def test_names_of_a_course_that_is_no_sample_are_in_force(app):
    publish(SAMPLE.replace("sample: true\n", ""))

    now = current_settings()

    assert not now.samples
    assert now.organiser.in_a_line == "Организатор, a@example.org"


def test_who_saves_has_read_the_number_and_named_nobody(save):
    now = save(organiser_email="kurs@school.ru", organiser_hours="по будням")

    assert now.samples == {"organiser_name", "signer"}
    assert now.organiser.in_a_line == "Организатор, kurs@school.ru (по будням)"


def test_what_was_saved_outlives_another_import(save):
    save(signer="Седова")

    publish(SAMPLE.replace("Руководитель курса", "Кто-то другой"))

    assert current_settings().settings.signer == "Седова"


def test_earlier_settings_stay_and_come_back(save, admin):
    save(signer="Седова")
    first = newest_revision()
    save(signer="Ким")

    restore_settings(first, seen=2, actor=admin)

    assert current_settings().settings.signer == "Седова"
    numbers = sa.select(SettingsRevision.number)
    assert set(db.session.scalars(numbers)) == {1, 2, 3}


def test_same_words_make_no_other_revision(save):
    save(signer="Седова")

    assert save(signer="Седова").number == 1


def test_journal_says_what_changed(save, admin):
    save(signer="Седова")

    event = db.session.scalars(sa.select(AuditEvent)).one()
    assert (event.actor, event.action) == (admin, "изменены настройки курса")
    assert event.after == {"Кто подписывает": "Седова"}


def test_text_on_joining_is_rendered_and_holds_no_html(save):
    now = save(join="Просто **пишите** <script>alert(1)</script>")

    assert "<strong>пишите</strong>" in now.settings.join_html
    assert "<script" not in now.settings.join_html


def test_of_two_who_save_at_once_one_is_told(save, admin, race):
    actor, settings = copies_of(admin), current_settings().settings

    def press():
        save_settings(settings, seen=0, actor=actor())

    results = race(press, press, press)

    assert results.count(None) == 1
    assert "уже изменили" in str(next(result for result in results if result))
    assert count(SettingsRevision) == 1


def test_settings_need_a_course(app, admin, save):
    settings = current_settings().settings
    db.session.execute(sa.text("DELETE FROM course_edition"))
    db.session.commit()

    with pytest.raises(RuleError, match="flask setup"):
        save_settings(settings, seen=0, actor=admin)


def test_consent_names_nobody_at_first(course):
    text = current_consent_document().text

    assert "{оператор}" not in text
    assert "сообщит тот, кто вас пригласил" in text


def test_consent_names_the_operator_and_is_asked_again(save, admin):
    accept_consent(admin, current_consent_document().version)

    save(**OPERATOR)

    document = current_consent_document()
    assert "Центр &lt;1&gt;, Бердск, Школьная, 1, kurs@school.ru" in document.text
    assert document.version == "1 · 1"
    db.session.expire_all()
    assert not admin.has_consented


def test_each_operator_makes_a_text_and_other_words_none(save):
    save(**OPERATOR)
    save(signer="Седова")

    assert current_consent_document().version == "1 · 1"

    save(operator_contact="383 000")
    assert current_consent_document().version == "1 · 2"
    assert "kurs@school.ru" not in current_consent_document().text


def test_imported_text_names_the_operator_at_once(save):
    save(**OPERATOR)

    publish(consent=CONSENT.replace('"1"', '"2"') + "\n{оператор}\n")

    assert current_consent_document().version == "2 · 1"
    assert "Бердск" in current_consent_document().text


def test_text_that_names_its_operator_itself_stays(app, save):
    publish(consent=CONSENT.replace('"1"', '"2"'))

    save(**OPERATOR)

    assert current_consent_document().version == "2"
