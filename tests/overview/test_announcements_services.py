"""What is announced to whom, once, and how it is corrected and withdrawn."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort, CohortState
from lms.identity.accounts.models import Role
from lms.identity.audit.models import AuditEvent
from lms.overview.announcements.audience import reach_of
from lms.overview.announcements.models import Announcement, AnnouncementMark, Way
from lms.overview.announcements.reading import mark, mark_opened, standing_for
from lms.overview.announcements.services import (
    SaidLatelyError,
    Words,
    announce,
    correct,
    withdraw,
)
from lms.schools.teams.models import School, Team
from lms.schools.teams.permissions import active_membership
from tests.conftest import copies_of, count, member_of, person, save


def words(title="Вебинар", text="В **среду** в 17:00.", days=9):
    """What is announced, until so many days from now."""
    return Words(title, text, today() + timedelta(days=days))


@pytest.fixture
def elsewhere(cohort):
    """A team of another cohort."""
    other = Cohort(
        name="Весна 2027",
        calendar="intensive",
        starts_on=today(),
        state=CohortState.OPEN,
    )
    school = School(name="Гимназия № 5", municipality="Искитим")
    return save(Team(school=school, cohort=other, name="Исток"))


@pytest.fixture
def told(cohort, captain, member, other, tutor):
    """What was announced to the whole cohort, three people."""
    return announce(cohort, None, words(), author=tutor)


def titles_before(user):
    """The titles that stand on the start page of a person."""
    return [one.title for one in standing_for(user)]


def reach(announcement):
    """How many people there are, have opened it, have only the letter."""
    return tuple(reach_of([announcement])[announcement.id])


def test_announcement_is_rendered_and_stands_for_the_cohort(told, captain, other):
    assert "<strong>среду</strong>" in told.html
    assert titles_before(captain) == titles_before(other) == ["Вебинар"]


def test_announcement_to_a_team_stands_for_that_team_alone(
    cohort, team, captain, other, tutor
):
    announce(cohort, team, words(), author=tutor)

    assert (titles_before(captain), titles_before(other)) == (["Вебинар"], [])


def test_colleagues_read_it_too_and_its_author_does_not(told, tutor, tutor2, admin):
    assert titles_before(tutor2) == ["Вебинар"]
    assert titles_before(tutor) == titles_before(admin) == []


def test_who_changed_teams_reads_what_is_for_the_new_one(
    cohort, team, other_team, member, tutor
):
    announce(cohort, team, words("Опоре"), author=tutor)
    announce(cohort, other_team, words("Мосту"), author=tutor)
    active_membership(member).left_at = utcnow()
    db.session.commit()
    member_of(other_team, member)

    assert titles_before(member) == ["Мосту"]


def test_tutor_who_is_a_member_elsewhere_reads_both(told, elsewhere, tutor2, admin):
    member_of(elsewhere, tutor2)
    announce(elsewhere.cohort, elsewhere, words("Исток"), author=admin)

    assert set(titles_before(tutor2)) == {"Вебинар", "Исток"}


def test_it_stands_through_its_day_and_until_it_was_read(told, captain, other):
    told.until = today()
    db.session.commit()
    mark_opened(told, seen=1, reader=captain)
    assert (titles_before(captain), titles_before(other)) == ([], ["Вебинар"])

    told.until = today() - timedelta(days=1)
    db.session.commit()
    assert titles_before(other) == []


def test_ended_cohort_is_told_nothing_new(cohort, tutor):
    cohort.state = CohortState.CLOSED
    db.session.commit()

    with pytest.raises(RuleError, match="Поток завершён"):
        announce(cohort, None, words(), author=tutor)


def test_day_in_the_past_is_refused(cohort, tutor):
    with pytest.raises(RuleError, match="день уже прошёл"):
        announce(cohort, None, words(days=-1), author=tutor)


def test_team_of_another_cohort_is_refused(cohort, elsewhere, tutor):
    with pytest.raises(RuleError, match="из другого потока"):
        announce(cohort, elsewhere, words(), author=tutor)
    assert count(Announcement) == 0


def test_same_words_within_the_hour_are_asked_about(told, cohort, team, tutor2):
    with pytest.raises(SaidLatelyError, match="Илья Громов"):
        announce(cohort, None, words(), author=tutor2)

    assert announce(cohort, None, words(), author=tutor2, insists=True)
    assert announce(cohort, team, words(), author=tutor2)


def test_after_an_hour_the_same_words_are_said_again(told, cohort, tutor):
    told.created_at = utcnow() - timedelta(minutes=61)
    db.session.commit()

    assert announce(cohort, None, words(), author=tutor).id != told.id


def test_two_who_say_the_same_at_once_say_it_once(cohort, tutor, tutor2, race):
    find, first, second = map(copies_of, (cohort, tutor, tutor2))

    def say(find_author):
        return announce(find(), None, words(), author=find_author())

    ended = race(lambda: say(first), lambda: say(second))

    assert sum(isinstance(end, SaidLatelyError) for end in ended) == 1
    assert count(Announcement) == 1


def test_correction_is_read_and_counted_anew(told, captain, other, tutor):
    mark_opened(told, seen=1, reader=captain)
    mark(told.id, 1, other.id, Way.LETTER)
    assert reach(told) == (3, 1, 1)

    correct(told, words(text="В четверг в 17:00."), seen=1, actor=tutor)

    assert (told.is_corrected, reach(told)) == (True, (3, 0, 0))
    assert titles_before(captain) == ["Вебинар"]


def test_another_day_alone_asks_nobody_to_read_again(told, captain, tutor):
    mark_opened(told, seen=1, reader=captain)

    correct(told, words(days=20), seen=1, actor=tutor)

    assert (told.is_corrected, told.until) == (False, today() + timedelta(days=20))
    assert titles_before(captain) == []


def test_mistake_is_mended_after_the_day_has_passed(told, tutor):
    told.until = today() - timedelta(days=2)
    db.session.commit()

    correct(told, words(text="Запись здесь.", days=-2), seen=1, actor=tutor)

    assert told.is_corrected
    with pytest.raises(RuleError, match="день уже прошёл"):
        correct(told, words(days=-1), seen=2, actor=tutor)


def test_page_that_was_late_counts_for_the_edition_that_it_showed(told, captain, tutor):
    correct(told, words(text="В четверг."), seen=1, actor=tutor)
    mark_opened(told, seen=1, reader=captain)
    mark_opened(told, seen=1, reader=captain)

    assert titles_before(captain) == ["Вебинар"]
    assert count(AnnouncementMark) == 1


def test_who_opened_counts_once_whatever_letters_came(told, captain, tutor):
    mark(told.id, 1, captain.id, Way.LETTER)
    mark_opened(told, seen=1, reader=captain)

    assert reach(told) == (3, 1, 0)


def test_those_who_left_or_are_no_members_are_not_counted(told, member, tutor2):
    for reader in (member, tutor2):
        mark_opened(told, seen=1, reader=reader)
    active_membership(member).left_at = utcnow()
    db.session.commit()

    assert reach(told) == (2, 0, 0)


def test_of_two_corrections_the_second_is_refused(told, tutor):
    correct(told, words(text="В четверг."), seen=1, actor=tutor)

    with pytest.raises(RuleError, match="исправил или снял"):
        correct(told, words(text="В пятницу."), seen=1, actor=tutor)
    assert told.text == "В четверг."


def test_withdrawn_is_seen_nowhere_but_in_the_journal(told, captain, tutor):
    withdraw(told, actor=tutor)

    assert titles_before(captain) == []
    events = sa.select(AuditEvent).order_by(AuditEvent.id.desc())
    newest = db.session.scalars(events).first()
    assert (newest.action, newest.before["текст"]) == ("снято объявление", told.text)
    with pytest.raises(RuleError, match="исправил или снял"):
        withdraw(told, actor=tutor)


def test_numbers_cost_one_statement_for_any_number(
    told, cohort, team, tutor, count_statements
):
    announcements = [told]
    for number in range(3):
        said = announce(cohort, team, words(f"Ещё {number}"), author=tutor)
        announcements.append(said)
        member_of(team, person(f"Имя {number}", f"{number}@example.org", Role.TUTOR))

    ids = [one.id for one in announcements]

    with count_statements() as statements:
        found = reach_of(announcements)

    assert len(statements) == 1
    assert [found[key].people for key in ids] == [6, 5, 5, 5]
