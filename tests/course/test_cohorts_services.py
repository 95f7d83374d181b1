"""What can happen to a cohort."""

from datetime import date

import pytest
import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.cohorts.calendar import Change, Dates, mark
from lms.course.cohorts.dates import change_dates
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.services import (
    create_cohort,
    edit_cohort,
    open_cohort,
    planned_rule,
)
from lms.course.modules.models import Module
from lms.course.modules.services import publish
from tests import sample_course
from tests.conftest import copies_of, journal, save

AUTUMN = date(2027, 9, 1)
NEW = {"name": "Осень 2027", "calendar": "two_years", "starts_on": AUTUMN}
MENTORING = Dates("nastavnichestvo", AUTUMN, date(2027, 10, 31))
TEAM = Dates("komanda", date(2027, 11, 1), None)


@pytest.fixture(autouse=True)
def modules(app):
    """The course: one module that is published, and one that nobody has written."""
    sample_course.store_course()
    publish(sample_course.import_module(), actor=None)
    save(Module(slug="komanda", position=8))


@pytest.fixture
def planned(admin):
    """A cohort that is not open yet."""
    return create_cohort(**NEW, actor=admin)


@pytest.fixture
def opened(planned, admin):
    """A cohort that has been opened."""
    open_cohort(planned, seen=planned_rule(planned).fingerprint, actor=admin)
    return planned


@pytest.fixture
def edit(admin):
    """Return a function that changes a cohort, apart from `changes`."""

    def save_settings(cohort, **changes):
        usual = {"name": cohort.name, "starts_on": cohort.starts_on, "return_days": 7}
        usual |= {"second_share": 0, "second_threshold": 2}
        edit_cohort(cohort, usual | changes, actor=admin)

    return save_settings


def test_late_save_changes_only_what_its_person_changed(cohort, admin):
    shown = {"name": cohort.name, "return_days": str(cohort.return_days)}
    edit_cohort(cohort, {"return_days": 9}, actor=admin)

    stale = {"name": "Новое имя", "return_days": int(shown["return_days"])}
    edit_cohort(cohort, stale, seen=shown, actor=admin)

    assert (cohort.name, cohort.return_days) == ("Новое имя", 9)


def test_new_cohort_has_the_days_of_its_calendar(planned):
    assert planned.dates == [MENTORING, TEAM]
    assert planned.state is CohortState.PLANNED
    assert journal()[-1] == "создан поток"


def test_module_that_the_site_lacks_is_left_out(planned):
    assert "nenapisano" not in {row.slug for row in planned.dates}


def test_calendar_that_the_course_has_no_more_is_refused(admin):
    with pytest.raises(RuleError, match="больше нет"):
        create_cohort(**NEW | {"calendar": "old"}, actor=admin)


def test_two_cohorts_cannot_have_one_name(planned, admin):
    with pytest.raises(RuleError, match="уже есть"):
        create_cohort(**NEW, actor=admin)


def test_two_admins_at_once_make_one_cohort(admin, race):
    actor = copies_of(admin)

    results = race(*[lambda: bool(create_cohort(**NEW, actor=actor()))] * 2)

    assert sorted(isinstance(result, RuleError) for result in results) == [False, True]
    assert db.session.scalar(sa.select(sa.func.count(Cohort.id))) == 1


def test_first_day_moves_everything(planned, edit):
    edit(planned, name="Весна", starts_on=date(2028, 2, 1))

    assert planned.name == "Весна"
    assert planned.dates == [
        Dates("nastavnichestvo", date(2028, 2, 1), date(2028, 3, 31)),
        Dates("komanda", date(2028, 4, 1), None),
    ]


def test_first_day_of_an_open_cohort_stays(opened, edit):
    with pytest.raises(RuleError, match="не переносят"):
        edit(opened, starts_on=date(2028, 2, 1))


def test_open_cohort_may_be_renamed(opened, edit):
    edit(opened, name="Первый", return_days=14)

    assert (opened.name, opened.return_days) == ("Первый", 14)
    assert opened.dates == [MENTORING, TEAM]


def test_name_of_another_cohort_is_refused(planned, edit, admin):
    other = create_cohort(**NEW | {"name": "Другой"}, actor=admin)

    with pytest.raises(RuleError, match="уже есть"):
        edit(other, name=planned.name)


LATER = MENTORING._replace(due_on=date(2027, 12, 31))
NO_TEAM = Change("komanda", mark(TEAM), None)


def change(seen, wanted):
    return Change(wanted.slug, mark(seen), wanted)


@pytest.mark.parametrize("state", ["planned", "opened"])
def test_days_of_single_modules_change(request, state, admin):
    cohort = request.getfixturevalue(state)

    change_dates(cohort, changes=[change(MENTORING, LATER)], actor=admin)

    assert cohort.dates == [LATER, TEAM]
    assert journal()[-1] == "изменён календарь"


def test_saving_the_calendar_as_it_is_leaves_no_trace(planned, admin):
    change_dates(planned, changes=[change(TEAM, TEAM)], actor=admin)

    assert journal()[-1] == "создан поток"


def test_day_changed_by_somebody_else_is_not_overwritten(planned, admin):
    change_dates(planned, changes=[change(MENTORING, LATER)], actor=admin)
    mine = MENTORING._replace(due_on=None)

    with pytest.raises(RuleError, match="изменил те же занятия"):
        change_dates(planned, changes=[change(MENTORING, mine)], actor=admin)

    assert planned.dates == [LATER, TEAM]


def test_two_admins_at_different_modules_do_not_meet(planned, admin, race):
    cohort, actor = copies_of(planned), copies_of(admin)
    team = TEAM._replace(due_on=date(2028, 1, 1))

    def save_one(*changes):
        change_dates(cohort(), changes=changes, actor=actor())

    results = race(
        lambda: save_one(change(MENTORING, LATER)), lambda: save_one(change(TEAM, team))
    )

    assert results == [None, None]
    db.session.refresh(planned)
    assert planned.dates == [LATER, team]


def test_two_admins_at_one_module_have_one_winner(planned, admin, race):
    cohort, actor = copies_of(planned), copies_of(admin)
    wishes = [LATER, MENTORING._replace(due_on=None)]

    def save_one(wanted):
        change_dates(cohort(), changes=[change(MENTORING, wanted)], actor=actor())

    results = race(*[lambda w=wanted: save_one(w) for wanted in wishes])

    assert sorted(isinstance(result, RuleError) for result in results) == [False, True]
    assert planned.dates[0] == wishes[results.index(None)]


def test_module_leaves_and_comes_back_before_the_opening(planned, admin):
    change_dates(planned, changes=[NO_TEAM], actor=admin)
    assert planned.dates == [MENTORING]

    change_dates(planned, changes=[change(None, TEAM)], actor=admin)
    assert planned.dates == [MENTORING, TEAM]


def test_module_stays_in_the_calendar_of_an_open_cohort(opened, admin):
    with pytest.raises(RuleError, match="не убирают"):
        change_dates(opened, changes=[NO_TEAM], actor=admin)
