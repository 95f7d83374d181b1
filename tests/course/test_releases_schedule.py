"""A release at its hour: at, before, after; what comes in between; what fails."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core import job_tries
from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.jobs import Job, handlers
from lms.course.modules.models import Revision
from lms.course.modules.services import publish, withdraw
from lms.course.releases import schedule, services
from lms.course.releases.models import Release, ReleaseState
from lms.course.releases.schedule import LATE, plan_release
from lms.course.releases.services import cancel_release, publish_now
from lms.identity.accounts.models import Role
from tests.conftest import copies_of, count, letters, person, save
from tests.sample_course import LESSON, files_without, import_module

HOUR = utcnow() + timedelta(days=3)
SECOND = timedelta(seconds=1)


@pytest.fixture
def stop_clock(monkeypatch):
    """Return a function that stops the clock of jobs and releases at a moment."""

    def stop(moment):
        for place in (schedule, services, job_tries):
            monkeypatch.setattr(place, "utcnow", lambda: moment)

    return stop


@pytest.fixture
def second(module):
    """The next version of the module; nobody reads it yet."""
    lesson = LESSON.replace("Одна встреча.", "Две встречи.")
    return import_module(files=files_without(lesson=lesson))


@pytest.fixture
def third(second):
    """One more version, newer than the one that is planned."""
    lesson = LESSON.replace("Одна встреча.", "Три встречи.")
    return import_module(files=files_without(lesson=lesson))


@pytest.fixture
def plan(second, admin):
    return plan_release(second, at=HOUR, author=admin, instead_of=1, note="Две.")


@pytest.fixture
def admin2(app):
    return person("Зуев Пётр Львович", "admin2@example.org", Role.ADMIN)


def work_until_done():
    while run_next():
        pass


def live(module):
    db.session.refresh(module)
    return module.current_revision and module.current_revision.number


def test_live_version_stays_until_the_hour(plan, module, stop_clock):
    stop_clock(HOUR - SECOND)
    work_until_done()
    assert live(module) == 1

    stop_clock(HOUR)
    work_until_done()
    assert live(module) == 2


def test_release_is_kept_with_its_moment(plan, stop_clock):
    stop_clock(HOUR + SECOND)
    work_until_done()

    db.session.refresh(plan)
    assert plan.state is ReleaseState.PUBLISHED
    assert plan.released_at == HOUR + SECOND


def test_nobody_is_written_to_when_all_went_well(plan, stop_clock):
    stop_clock(HOUR)
    work_until_done()
    stop_clock(HOUR + LATE)

    assert letters() == []


def test_late_release_happens_and_its_author_is_told(plan, module, stop_clock):
    stop_clock(HOUR + timedelta(hours=3, minutes=20))

    [letter] = letters()

    assert live(module) == 2
    assert letter["to"] == "admin@example.org"
    assert "на 3 ч позже" in letter["subject"]


def test_crash_between_the_steps_leaves_nothing_done(
    plan, module, stop_clock, monkeypatch
):
    stop_clock(HOUR)
    monkeypatch.setattr(schedule, "make_live", lambda *_, **__: 1 / 0)
    work_until_done()

    assert live(module) == 1
    db.session.refresh(plan)
    assert plan.is_waiting


def test_crash_is_made_good_and_told(plan, module, stop_clock, monkeypatch):
    stop_clock(HOUR)
    with monkeypatch.context() as broken:
        broken.setattr(schedule, "make_live", lambda *_, **__: 1 / 0)
        work_until_done()
        handlers["release_check"]({"release": plan.id})
    stop_clock(HOUR + 2 * SECOND * 60)
    [letter] = letters()

    assert live(module) == 2
    assert "Публикация не вышла" in letter["subject"]
    assert "ZeroDivisionError" in letter["text"]


def test_same_job_twice_publishes_once(plan, module, third, admin, stop_clock):
    stop_clock(HOUR)
    handlers["release"]({"release": plan.id})
    publish(third, actor=admin)

    handlers["release"]({"release": plan.id})

    assert live(module) == 3


def test_colleague_who_publishes_a_second_before_cancels_the_plan(
    plan, module, third, admin2, stop_clock
):
    stop_clock(HOUR - SECOND)
    publish_now(third, author=admin2, instead_of=1)
    stop_clock(HOUR)
    [letter] = letters()

    assert live(module) == 3
    db.session.refresh(plan)
    assert plan.state is ReleaseState.CANCELLED
    assert letter["to"] == "admin@example.org"
    assert "опубликована версия 3 (Пётр Зуев)" in letter["text"]


def test_who_publishes_instead_of_the_own_plan_gets_no_letter(plan, third, admin):
    publish_now(third, author=admin, instead_of=1)

    assert letters() == []
    db.session.refresh(plan)
    assert plan.state is ReleaseState.CANCELLED


def test_hand_and_clock_at_once_leave_one_live(plan, module, third, admin2, race):
    copies, people = copies_of(third), copies_of(admin2)
    request = {"release": plan.id}

    race(
        lambda: handlers["release"](request),
        lambda: publish_now(copies(), author=people(), instead_of=1),
    )

    db.session.expire_all()
    winner = 2 if plan.state is ReleaseState.PUBLISHED else 3
    assert live(module) == winner
    done = sa.select(Release.revision_id).filter_by(state=ReleaseState.PUBLISHED)
    assert db.session.scalars(done).all() == [module.current_revision_id]


def test_withdrawn_module_cancels_the_plan(plan, module, admin2, stop_clock):
    withdraw(module, actor=admin2)
    stop_clock(HOUR)
    [letter] = letters()

    assert live(module) is None
    assert "снято с публикации (Пётр Зуев)" in letter["text"]
    assert "с опубликованной" not in letter["text"]
    assert "Посмотреть её и запланировать снова: http" in letter["text"]


def test_what_moved_without_a_word_cancels_the_plan(plan, module, third, stop_clock):
    module.current_revision_id = third.id
    db.session.commit()
    stop_clock(HOUR)
    [letter] = letters()

    assert live(module) == 3
    assert "Публикация отменена" in letter["subject"]


def test_number_that_is_taken_at_the_hour_is_told(module, admin, stop_clock):
    moved = import_module("05-nastavnichestvo")
    plan_release(moved, at=HOUR, author=admin, instead_of=1)
    publish(import_module("05-sosed"), actor=None)
    stop_clock(HOUR)
    [letter] = letters()

    assert live(module) == 1
    assert "Номер 05 уже у занятия «sosed»" in letter["text"]


def test_past_hour_is_refused(second, admin):
    with pytest.raises(RuleError, match="Это время уже прошло"):
        plan_release(second, at=utcnow() - SECOND, author=admin, instead_of=1)

    assert count(Release) == count(Job) == 0


def test_second_admin_is_told_of_the_first_plan(plan, third, admin2):
    with pytest.raises(RuleError, match=r"План уже есть: версия 2.*Вера Лях"):
        plan_release(third, at=HOUR, author=admin2, instead_of=1)

    assert count(Release) == 1


def test_two_admins_at_once_leave_one_plan(second, third, admin, admin2, race):
    def planned(revision, author):
        rows = copies_of(revision), copies_of(author)
        at = {"at": HOUR, "instead_of": 1}
        return lambda: plan_release(rows[0](), author=rows[1](), **at).revision_id

    ends = race(planned(second, admin), planned(third, admin2))

    assert count(Release) == 1
    assert sorted(type(end) is RuleError for end in ends) == [False, True]


def test_same_plan_twice_is_one(plan, second, admin):
    again = plan_release(second, at=HOUR, author=admin, instead_of=1, note="Две.")

    assert again.id == plan.id
    assert count(Release) == 1


def test_dropped_plan_is_told_to_its_author_alone(plan, module, admin2, stop_clock):
    cancel_release(plan, actor=admin2)
    stop_clock(HOUR)
    [letter] = letters()

    assert live(module) == 1
    assert "План отменили на сайте: Пётр Зуев" in letter["text"]


def test_done_release_cannot_be_dropped(plan, admin, stop_clock):
    stop_clock(HOUR)
    work_until_done()

    with pytest.raises(RuleError, match="уже исполнен"):
        cancel_release(plan, actor=admin)


def test_closed_account_gets_no_letter(plan, admin, admin2):
    admin.closed_at = utcnow()
    save(admin)

    cancel_release(plan, actor=admin2)

    assert letters() == []


def test_going_back_is_planned_the_same_way(plan, module, admin, stop_clock):
    stop_clock(HOUR)
    work_until_done()
    first = db.session.scalars(sa.select(Revision).filter_by(number=1)).one()
    back = HOUR + timedelta(days=1)
    plan_release(first, at=back, author=admin, instead_of=2, note="Вернули.")

    stop_clock(back)
    work_until_done()

    assert live(module) == 1
