"""Reports of a territory that turned out to be another spelling go along."""

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.monitoring.reports import services
from lms.monitoring.reports.draft import blocks_of
from lms.monitoring.reports.permissions import reported_territories
from lms.monitoring.reports.scope import Scope, key_of
from lms.schools.territories.merging import merge_territory
from lms.schools.territories.models import SchoolTerritory, Territory
from tests.conftest import look_after, save

TEXTS = {"results": "Всё получилось.", "troubles": "", "plans": "Ещё раз."}


@pytest.fixture
def spelling(territory, other_team):
    """«г. Новосибирск», with the school of «Мост»."""
    spelled = save(Territory(name="г. Новосибирск", parent=territory.parent))
    save(SchoolTerritory(school_id=other_team.school_id, territory=spelled))
    return spelled


def scope_of(territory):
    return Scope(SchoolYear.of(today()), None, territory=territory)


def write(territory, author, results="Всё получилось."):
    texts = TEXTS | {"results": results}
    services.save_conclusions(
        scope_of(territory), texts, [], base_version=0, author=author
    )


def test_report_that_is_being_written_goes_along(spelling, territory, admin):
    write(spelling, admin)

    merge_territory(spelling, territory, actor=admin)

    assert services.report_of(scope_of(territory)).texts == TEXTS


def test_of_two_reports_both_texts_stay(spelling, territory, coordinator, admin):
    write(spelling, admin, results="Второй")
    write(territory, coordinator, results="Первый")

    merge_territory(spelling, territory, actor=admin)

    report = services.report_of(scope_of(territory))
    texts = [report.texts, *(one.texts for one in report.rivals)]
    assert [one["results"] for one in texts] == ["Первый", "Второй"]


def test_closed_report_of_either_is_read_afterwards(
    spelling, territory, coordinator, other, captain, admin, sign_in
):
    look_after(coordinator, spelling)
    for one in (spelling, territory):
        services.close(scope_of(one), actor=admin)

    merge_territory(spelling, territory, actor=admin)

    seen = set(db.session.scalars(reported_territories(coordinator)))
    assert seen == {spelling, territory}
    page = sign_in(coordinator).get("/reports/").text
    assert "г. Новосибирск" in page


def test_region_sums_what_was_closed_before_the_merger_once(
    spelling, territory, other, captain, admin
):
    for one in (spelling, territory):
        services.close(scope_of(one), actor=admin)
    merge_territory(spelling, territory, actor=admin)

    blocks, sources = blocks_of(scope_of(territory.parent))
    services.close(scope_of(territory), actor=admin)
    later, remaining = blocks_of(scope_of(territory.parent))

    assert [one.territory for one in sources] == ["Новосибирск", "г. Новосибирск"]
    assert [one.territory for one in remaining] == ["Новосибирск"]
    people = [part[0].figures[2].value for part in (blocks, later)]
    assert people == [2, 2]


def test_page_left_open_over_a_merger_saves_into_what_its_territory_became(
    spelling, territory, coordinator, other, captain, admin, sign_in
):
    look_after(coordinator, spelling)
    write(spelling, coordinator, results="Начало")
    merge_territory(spelling, territory, actor=admin)
    address = f"/reports/{spelling.id}/{key_of(SchoolYear.of(today()))}/"

    answer = sign_in(coordinator).post(address, data=TEXTS | {"version": "1"})

    assert answer.location.startswith(
        address.replace(str(spelling.id), str(territory.id))
    )
    report = services.report_of(scope_of(territory))
    texts = [report.texts, *(one.texts for one in report.rivals)]
    assert TEXTS in texts
