"""Who is in which field: true for less than a minute, whatever the clock does."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.work.drafts.services import save_field
from lms.work.presence.models import Presence
from lms.work.presence.services import TERM, enter, leave, newer_fields, others_in
from lms.work.submissions.models import Submission
from lms.work.submissions.services import start_submission
from tests.conftest import count


@pytest.fixture
def work(module, team, captain):
    return start_submission(module, user=captain, team=team)


def seen(work, person, delta):
    """Let somebody have been seen some time ago, or in the future."""
    presence = db.session.get_one(Presence, (work.id, person.id))
    presence.seen_at = utcnow() + delta
    db.session.commit()


def test_others_see_in_which_field_a_person_is(work, captain, member):
    enter(work, "zaprosy", person=captain)

    assert others_in(work, member) == {"zaprosy": ["Анна Седова"]}
    assert others_in(work, captain) == {}


def test_who_goes_on_is_in_one_field_only(work, captain, member):
    enter(work, "zaprosy", person=captain)
    enter(work, "pary", person=captain)

    assert others_in(work, member) == {"pary": ["Анна Седова"]}
    assert count(Presence) == 1


def test_who_leaves_is_gone(work, captain, member):
    enter(work, "zaprosy", person=captain)
    leave(work, person=captain)

    assert others_in(work, member) == {}
    assert count(Presence) == 0


@pytest.mark.parametrize("delta", [-TERM * 2, timedelta(hours=3)])
def test_silence_and_a_clock_that_jumped_leave_nobody(work, captain, member, delta):
    enter(work, "zaprosy", person=captain)
    seen(work, captain, delta)

    assert others_in(work, member) == {}


def test_rows_of_the_silent_are_swept(work, captain, member):
    enter(work, "zaprosy", person=captain)
    seen(work, captain, -TERM * 2)

    enter(work, "pary", person=member)

    assert count(Presence) == 1


def test_two_tabs_come_at_once(race, work, captain):
    work_id, captain_id = work.id, captain.id

    def come(key):
        person = db.session.get(User, captain_id)
        enter(db.session.get(Submission, work_id), key, person=person)

    assert race(lambda: come("zaprosy"), lambda: come("pary")) == [None, None]
    assert count(Presence) == 1


def test_newer_is_what_was_saved_since(work, captain):
    save_field(work, "zaprosy", "Пятеро.", base_version=0, author=captain)

    assert [f.key for f in newer_fields(work, {})] == ["zaprosy"]
    assert newer_fields(work, {"zaprosy": 1}) == []
