"""The line of the morning letter about a lesson that changed while the team writes."""

from datetime import timedelta

import pytest

from lms.core.extensions import db
from lms.course.modules.services import mark_read
from lms.course.releases.models import Release
from lms.course.releases.news import dismiss
from lms.course.releases.services import publish_now
from lms.identity.letters.models import Letter
from lms.overview.digest.contents import digest_of
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission
from tests.conftest import save
from tests.sample_course import LESSON, files_without, import_module


@pytest.fixture
def work(module, captain, team):
    """What «Опора» writes; it could be sent."""
    work = start_submission(module, user=captain, team=team)
    save_field(work, "zaprosy", "Пятеро.", base_version=0, author=captain)
    return work


@pytest.fixture
def release(module, work, admin):
    """The lesson changes, and its readers are told."""
    lesson = LESSON.replace("Одна встреча.", "Две встречи.")
    second = import_module(files=files_without(lesson=lesson))
    publish_now(second, author=admin, instead_of=1, note="Добавили пример.")
    return db.session.get(Release, 1)


@pytest.fixture
def old(work):
    """A moment from before the letter of yesterday, while the team wrote already."""
    work.created_at -= timedelta(days=9)
    save(work)
    return work.created_at + timedelta(days=1)


def lines_of(person, unwanted=()):
    found = digest_of(person, unwanted={*unwanted, Letter.REMINDER, Letter.OPENING})
    return [line for section in found.sections for line in section.lines]


def test_those_who_write_are_told_once(release, member):
    [line] = lines_of(member)

    assert line.text == "4. Наставничество. Практики — Добавили пример."
    assert line.link.endswith("/modules/nastavnichestvo/")


def test_those_who_only_read_are_not(module, release, other, other_team):
    mark_read(module, user=other, is_read=True)

    assert lines_of(other) == []


def test_those_who_have_sent_it_are_not(release, work, captain, member):
    send_attempt(work, author=captain)

    assert lines_of(member) == []


def test_those_who_have_seen_it_are_not(release, member, captain):
    dismiss(release, reader=member)

    assert lines_of(member) == []
    assert len(lines_of(captain)) == 1


def test_those_who_want_no_such_letter_are_not(release, member):
    assert lines_of(member, unwanted={Letter.UPDATE}) == []


def test_what_was_told_before_yesterdays_letter_is_no_news(release, member, old):
    release.released_at = old
    save(release)

    assert lines_of(member) == []
