"""«Мои школы»: what a coordinator finds on the start page."""

from datetime import UTC, date, datetime, time

import pytest

from lms.core.database import utcnow
from lms.core.language import today
from lms.identity.accounts.models import Role
from lms.monitoring.indicators.deadlines import asked_period, due_of
from lms.monitoring.indicators.services import accept_measurements
from lms.monitoring.reports import nudges
from lms.monitoring.reports.models import Report, ReportEdition
from lms.overview.home import schools
from lms.overview.home.schools import my_schools
from lms.overview.progress.models import StuckTeam
from tests.conftest import look_after, person, save
from tests.measurements import measure, settle


@pytest.fixture
def stuck(team):
    """«Опора» has been stuck since this minute."""
    facts = {"from_at": utcnow(), "counted_at": utcnow()}
    return save(StuckTeam(team_id=team.id, cohort_id=team.cohort_id, **facts))


def test_numbers_are_those_of_her_schools(
    coordinator, other_coordinator, stuck, certificate
):
    mine, others = my_schools(coordinator), my_schools(other_coordinator)

    assert mine.territories == ["Новосибирск"]
    assert mine.numbers == (1, 1, 1)
    assert others.numbers == (1, 0, 0)


def test_next_dates_are_those_of_the_cohorts_of_her_schools(coordinator, module):
    dues = [one for one in my_schools(coordinator).dates if one.cohort]

    assert [(due.day - today()).days for due in dues] == [14]


def test_numbers_of_a_region_are_the_sums_of_its_towns(
    coordinator, other_coordinator, territory, stuck, certificate
):
    region = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)
    look_after(region, territory.parent)
    towns = [my_schools(one).numbers for one in (coordinator, other_coordinator)]

    assert my_schools(region).numbers == tuple(map(sum, zip(*towns, strict=True)))


def test_start_page_of_a_coordinator(sign_in, coordinator, stuck):
    page = sign_in(coordinator).get("/home/").text

    assert '<h1 id="schools-title">Мои школы</h1>' in page
    assert "1 команда застряла" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_start_page_leads_to_numbers_that_wait_for_a_decision(
    sign_in, coordinator, other_coordinator, team, captain
):
    parents = settle("parents")
    sent = measure(team.school, parents, 12, 90, author=captain)
    address = f"/indicators/schools/{team.school_id}?period={sent.starts_on}"
    mine, others = sign_in(coordinator), sign_in(other_coordinator)

    assert f'<a href="{address}">Школа № 12, Новосибирск: 1' in mine.get("/home/").text
    assert "вашего решения" not in others.get("/home/").text

    accept_measurements([sent], actor=coordinator)
    assert "вашего решения" not in mine.get("/home/").text


def test_start_page_names_the_school_whose_numbers_are_due(
    sign_in, coordinator, team, monkeypatch
):
    settle("parents")
    due_on = due_of(asked_period())
    noon = datetime.combine(due_on, time(9), UTC)
    monkeypatch.setattr("lms.core.language.utcnow", lambda: noon)

    page = sign_in(coordinator).get("/home/").text

    link = f'<a href="/indicators/schools/{team.school_id}">'
    assert f"{link}Школа № 12, Новосибирск: показатели ещё не присланы, срок" in page


@pytest.mark.parametrize(
    ("day", "named"),
    [(date(2027, 4, 30), []), (date(2027, 5, 1), ["Новосибирск"])],
)
def test_reports_that_nobody_has_closed_are_named_from_may(
    coordinator, monkeypatch, day, named
):
    monkeypatch.setattr(schools, "today", lambda: day)

    assert schools.unreported_territories(coordinator) == named


def test_reports_are_named_from_the_day_of_the_first_letter(coordinator, monkeypatch):
    monkeypatch.setattr(nudges, "DAYS", ((4, 10), (5, 20)))
    monkeypatch.setattr(schools, "today", lambda: date(2027, 4, 10))

    assert schools.unreported_territories(coordinator) == ["Новосибирск"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 6, 1), "Годовой отчёт сдают до"),
        (date(2027, 8, 25), "Срок годового отчёта был"),
    ],
)
def test_day_of_a_report_that_has_passed_is_told_as_past(
    sign_in, coordinator, monkeypatch, day, words
):
    monkeypatch.setattr(schools, "today", lambda: day)

    assert f"{words} 1\xa0июня" in sign_in(coordinator).get("/home/").text


def test_closed_report_is_named_no_more(coordinator, territory, monkeypatch):
    monkeypatch.setattr(schools, "today", lambda: date(2027, 5, 20))
    report = save(Report(territory_id=territory.id, year=2026, texts={}, left_out=[]))
    facts = {"content": {}, "sha256": "0" * 64, "closed_by_id": coordinator.id}
    save(ReportEdition(report_id=report.id, number=1, **facts))

    assert schools.unreported_territories(coordinator) == []


def test_coordinator_without_a_territory_reads_what_comes(sign_in, app):
    user = person("Котова Зоя Ильинична", "kotova@example.org", Role.COORDINATOR)

    assert "Вам ещё не дали территорию" in sign_in(user).get("/home/").text


def test_registry_tells_name_number_and_state_and_no_more(
    sign_in, coordinator, certificate
):
    page = sign_in(coordinator).get("/certificates/").text

    assert certificate.holder_name in page
    assert certificate.number in page
    assert f'href="/certificates/{certificate.address}"' not in page


def test_registry_has_no_certificates_of_other_territories(
    sign_in, other_coordinator, certificate
):
    page = sign_in(other_coordinator).get("/certificates/").text

    assert certificate.number not in page


def test_page_of_a_team_has_no_addresses_and_no_self_checks(
    sign_in, coordinator, team, captain, certificate
):
    page = sign_in(coordinator).get(f"/teams/{team.id}/").text

    assert captain.full_name in page
    assert captain.email not in page
    assert "До сертификата" not in page
