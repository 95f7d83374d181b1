"""Who is written to, once an hour and once a form, and what may stand in a letter."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.models import CohortState
from lms.identity.audit.models import AuditEvent
from lms.overview.mailings.addressees import Group, group_of
from lms.overview.mailings.models import Mailing, Purpose
from lms.overview.mailings.services import Draft, WrittenLatelyError, write_to_group
from lms.overview.progress.matrix import matrix_of
from tests.conftest import copies_of, count


def test_one_form_makes_one_mailing(write):
    assert write(key="same").id == write(key="same").id
    assert count(Mailing) == 1


def test_second_letter_within_the_hour_is_refused(write):
    write()

    with pytest.raises(WrittenLatelyError, match=r"Илья Громов, 2\sписьма"):
        write(key="k2")
    assert write(key="k2", insists=True).id


def test_colleague_writes_to_other_people_within_the_hour(
    cohort, group, captain, member, tutor, tutor2
):
    first = Draft("Ждём", "Ждём", [captain.id], form_key="a")
    write_to_group(cohort, group, first, author=tutor)
    second = Draft("Ждём", "Ждём", [member.id], form_key="b")

    assert write_to_group(cohort, group, second, author=tutor2).id


def test_after_an_hour_the_group_may_be_written_to_again(write):
    write().created_at = utcnow() - timedelta(minutes=61)
    db.session.commit()

    assert write(key="k2").id


def test_letter_about_something_else_is_no_second_one(write, cohort, other_team):
    write()

    other = Group(Purpose.HEADLESS)
    with pytest.raises(RuleError, match="Писать уже некому"):
        write(key="k2", group=other)


def test_two_tutors_at_once_write_one_letter(
    module, cohort, captain, tutor, tutor2, race
):
    find, slug, captain_id = copies_of(cohort), module.slug, captain.id

    def write_as(find_author, key):
        draft = Draft("Ждём", "Ждём", [captain_id], form_key=key)
        cohort, author = find(), find_author()
        group = group_of(f"work-{slug}", matrix_of(cohort))
        return write_to_group(cohort, group, draft, author=author)

    first, second = copies_of(tutor), copies_of(tutor2)
    ended = race(lambda: write_as(first, "a"), lambda: write_as(second, "b"))

    assert sum(isinstance(end, WrittenLatelyError) for end in ended) == 1
    assert count(Mailing) == 1


def test_unknown_word_in_braces_is_refused(write):
    with pytest.raises(RuleError, match=r"\{фамилия\}. Можно: \{имя\}"):
        write(text="Здравствуйте, {фамилия}")


def test_only_the_chosen_are_written_to(cohort, group, captain, member, tutor):
    draft = Draft("Ждём", "Ждём", [member.id, 10_000], form_key="k")
    mailing = write_to_group(cohort, group, draft, author=tutor)

    assert [copy.user_id for copy in mailing.recipients] == [member.id]


def test_mailing_is_in_the_journal(write, tutor):
    write()

    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id.desc()))
    found = event.first()
    assert (found.action, found.actor_id) == ("письмо командам", tutor.id)
    assert found.after["писем"] == 2


def test_planned_cohort_is_not_written_to(write, cohort):
    cohort.state = CohortState.PLANNED
    db.session.commit()

    with pytest.raises(RuleError, match="который идёт"):
        write()
