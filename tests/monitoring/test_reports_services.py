"""Year reports: figures of a year, sums of districts, editions that stay."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.monitoring.projects.figures import figures_of
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.services import project_of
from lms.monitoring.reports import services
from lms.monitoring.reports.changes import changes_between
from lms.monitoring.reports.draft import blocks_of
from lms.monitoring.reports.models import ReportEdition
from lms.monitoring.reports.scope import Scope
from lms.monitoring.reports.snapshot import Block, Day, Figure, Snapshot
from lms.monitoring.reports.sums import sum_of
from lms.schools.meetings.attendance import mark_present
from lms.schools.teams.models import Membership
from lms.schools.territories.models import SchoolTerritory, Territory
from tests.meetings import held, joined_before
from tests.pairs import pair_of
from tests.projects import add_risk, plan_event
from tests.territories import region_part
from tests.works import accept, send, send_back

TEXTS = {"results": "Всё получилось.", "troubles": "", "plans": "Ещё раз."}


@pytest.fixture
def year():
    return SchoolYear.of(today())


@pytest.fixture
def district(territory, year):
    return Scope(year, None, territory=territory)


@pytest.fixture
def region(territory, year):
    return Scope(year, None, territory=territory.parent)


def figures(scope):
    """Return every figure of a report by its key."""
    blocks, _ = blocks_of(scope)
    return {figure.key: figure.value for block in blocks for figure in block.figures}


def row_of(scope, key):
    """Return the rows of one of the tables."""
    blocks, _ = blocks_of(scope)
    (grid,) = (grid for block in blocks for grid in block.grids if grid.key == key)
    return grid.rows


def town_of(team):
    """Return where the school of a team lies."""
    lies = SchoolTerritory.school_id == team.school_id
    return db.session.scalars(sa.select(SchoolTerritory).where(lies)).one().territory


def save(scope, author, base_version=0, **texts):
    return services.save_conclusions(
        scope, TEXTS | texts, [], base_version=base_version, author=author
    )


def test_report_counts_people_who_came_and_left(district, team, captain, member):
    there = {"schools": 1, "teams": 1, "people": 2, "joined": 2, "left": 0}
    assert figures(district).items() >= there.items()

    membership = db.session.query(Membership).filter_by(user_id=member.id).one()
    membership.left_at = membership.joined_at + timedelta(hours=1)
    db.session.commit()

    assert figures(district)["left"] == 1
    assert row_of(district, "positions") == [
        ["заместитель директора", 1],
        ["учитель", 1],
    ]


def test_people_of_former_years_are_not_counted(district, team, captain, year):
    before = district.begins_at - timedelta(days=40)
    gone = {"joined_at": before, "left_at": before + timedelta(days=1)}
    db.session.execute(sa.update(Membership).values(**gone))
    db.session.commit()

    assert figures(district)["people"] == 0


def test_accepted_and_returned_works_are_counted(
    district, module, captain, team, tutor
):
    send_back(send(module, captain, team), tutor)
    accept(send(module, captain, team, zaprosy="Ещё."), tutor)

    counted = figures(district)
    assert (counted["accepted"], counted["returned"], counted["rounds"]) == (1, 1, 2)
    (row,) = row_of(district, "matrix")
    assert row == [team.school.name, Day(day=today())]


def test_work_is_kept_from_who_reads_it_blind(
    district, module, captain, team, tutor, tutor2, cohort
):
    cohort.second_share = 100
    accept(send(module, captain, team), tutor)

    told = [
        figures(replace(district, viewer=viewer))["accepted"]
        for viewer in (None, tutor, tutor2)
    ]

    assert told == [1, 1, 0]


@pytest.mark.parametrize("decide", [accept, send_back])
def test_report_is_not_closed_by_who_reads_its_works_blind(
    district, module, captain, team, tutor, tutor2, cohort, admin, decide
):
    cohort.second_share = 100
    decide(send(module, captain, team), tutor)

    with pytest.raises(RuleError, match="вслепую"):
        services.close(replace(district, viewer=tutor2), actor=tutor2)

    db.session.rollback()
    assert services.close(replace(district, viewer=admin), actor=admin).number == 1


def test_school_that_moves_counts_where_it_is_at_the_end_of_the_year(
    district, team, captain, territory
):
    stay = db.session.query(SchoolTerritory).filter_by(school_id=team.school_id).one()
    stay.until = today()
    db.session.commit()

    assert figures(district)["schools"] == 0


def test_text_that_came_second_is_kept_beside_the_first(
    district, captain, admin, coordinator
):
    save(district, admin)

    saved = save(district, coordinator, results="Не всё.")

    report = services.report_of(district)
    assert (saved.newer_by, report.texts["results"]) == (admin, "Всё получилось.")
    assert [one.texts["results"] for one in report.rivals] == ["Не всё."]
    with pytest.raises(RuleError, match="двух текстов"):
        services.close(district, actor=admin)


def test_chosen_text_changes_places_with_the_other(district, admin, coordinator):
    save(district, admin)
    save(district, coordinator, results="Не всё.")
    report = services.report_of(district)

    services.choose_rival(report.rivals[0], report, author=admin)

    assert report.texts["results"] == "Не всё."
    assert report.rivals[0].texts["results"] == "Всё получилось."


def test_closed_report_never_changes_and_the_next_says_what_did(
    district, admin, captain, module, team, tutor
):
    save(district, admin)
    first = services.close(district, actor=admin)
    with pytest.raises(RuleError, match="ничего не изменилось"):
        services.close(district, actor=admin)

    accept(send(module, captain, team), tutor)
    second = services.close(district, actor=admin)

    kept = Snapshot.model_validate(db.session.get(ReportEdition, first.id).content)
    after = Snapshot.model_validate(second.content)
    assert (kept.sha256, second.number) == (first.sha256, 2)
    changes = changes_between(kept, after)
    changed = {one.label: (one.before, one.after) for one in changes}
    assert changed["Зачтено работ"] == ("0", "1")


def test_edition_holds_no_name(district, admin, captain, module, team, tutor):
    accept(send(module, captain, team), tutor)

    edition = services.close(district, actor=admin)

    assert captain.full_name not in str(edition.content)


def test_report_that_two_close_at_once_has_one_edition(
    territory, year, captain, admin, coordinator, race
):
    number, people = territory.id, (admin.id, coordinator.id)

    def close(person):
        here = Scope(year, None, territory=db.session.get(Territory, number))
        return services.close(here, actor=db.session.get(User, person))

    answers = race(*(partial(close, person) for person in people))

    assert sum(isinstance(one, RuleError) for one in answers) == 1
    assert db.session.scalar(sa.select(sa.func.count(ReportEdition.id))) == 1


def test_journal_names_the_report_that_was_closed(district, admin, captain):
    services.close(district, actor=admin)

    event = db.session.scalars(sa.select(AuditEvent).order_by(AuditEvent.id)).all()[-1]
    assert event.object_title == f"{district.title}, {district.year.label}"


def test_nothing_is_closed_where_there_was_no_course(region, district, admin):
    with pytest.raises(RuleError, match="курс здесь не шёл"):
        services.close(region, actor=admin)


def test_region_sums_the_closed_reports_and_names_the_missing(
    region, district, admin, captain, other_coordinator
):
    services.close(district, actor=admin)

    _, sources = blocks_of(region)

    assert [(one.territory, one.number) for one in sources] == [
        ("Бердск", 0),
        (district.territory.name, 1),
    ]
    assert figures(region)["people"] == figures(district)["people"] == 1


def test_pair_of_two_districts_stands_with_each_and_every_school_counts_once(
    region, district, admin, captain, other, team, other_team, other_coordinator
):
    pair_of(team, other_team, admin)
    other_district = Scope(district.year, None, territory=town_of(other_team))
    for one in (district, other_district):
        services.close(one, actor=admin)

    everywhere = district, other_district, region
    assert [figures(one)["paired"] for one in everywhere] == [1, 1, 2]
    assert [row[1] for row in row_of(district, "pairs")] == [other_team.school.name]
    assert len(row_of(region, "pairs")) == 2


NUMBERS = st.none() | st.integers(0, 10**6)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=8))
def test_region_is_the_sum_of_numerators_and_of_denominators(parts):
    reports = [
        (f"Район {place}", Snapshot(blocks=[_block(value, whole)]))
        for place, (value, whole) in enumerate(parts)
    ]

    (block,) = sum_of(reports)

    (figure,) = block.figures
    values, wholes = zip(*parts, strict=True)
    assert (figure.value, figure.of) == (_sum(values), _sum(wholes))
    assert [row[1] for row in block.grids[0].rows] == list(values)


def _block(value, whole):
    share = Figure(key="share", label="Доля", value=value, of=whole)
    middle = Figure(key="days", label="Медиана", value=3, adds_up=False)
    return Block(key="one", title="Часть", figures=[share, middle])


def _sum(numbers):
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def test_region_adds_up_people_by_who_they_are_for_the_school(
    region, district, admin, captain, member, other_coordinator, other, year
):
    for scope in (
        district,
        Scope(year, None, territory=region_part(region.territory, "Бердск")),
    ):
        services.close(scope, actor=admin)

    people = sorted(row_of(region, "positions"))
    assert people == [["заместитель директора", 1], ["учитель", 2]]


def test_meeting_of_two_districts_is_one_meeting_of_the_region(
    region, district, cohort, tutor, admin, captain, other, other_coordinator, year
):
    joined_before(captain, other)
    past = held(cohort, tutor, days=2)
    ticked = {"shown": [captain.id, other.id], "present": [other.id], "was": []}
    mark_present(past, **ticked, actor=tutor)
    held(cohort, tutor, territory=district.territory, title="Разбор")
    berdsk = region_part(region.territory, "Бердск")
    for scope in (district, Scope(year, None, territory=berdsk)):
        services.close(scope, actor=admin)

    (block,) = (one for one in blocks_of(region)[0] if one.key == "events")

    told = {one.key: (one.value, one.of) for one in block.figures}
    assert (told["meetings"], told["came"]) == ((2, None), (1, 2))
    rows = row_of(region, "meetings")
    assert [[*row[:2], *row[3:]] for row in rows] == [
        [1, "Вебинар", 2, 1],
        [2, "Разбор", None, None],
    ]


def test_meetings_are_told_with_who_was_called_and_who_came(
    district, cohort, tutor, captain, member, other
):
    joined_before(captain, member, other)
    past = held(cohort, tutor)
    ticked = {"shown": [captain.id, member.id], "present": [captain.id], "was": []}
    mark_present(past, **ticked, actor=tutor)
    held(cohort, tutor)

    blocks, _ = blocks_of(district)

    (came,) = (one for block in blocks for one in block.figures if one.key == "came")
    assert (came.value, came.of, figures(district)["meetings"]) == (1, 2, 2)
    assert [row[3:] for row in row_of(district, "meetings")] == [[2, 1], [None, None]]


def test_events_and_risks_of_schools_are_counted(district, team, captain):
    plan_event(team, captain)
    plan_event(team, captain, what="Ярмарка", done_on=today(), fact="Пришли сорок")
    plan_event(team, captain, what="Сход", due_on=None, done_on=today(), fact="Был")
    plan_event(team, captain, what="Давно", due_on=today() - timedelta(days=800))
    add_risk(team, captain)
    add_risk(team, captain, text="Ремонт", is_planned=False, came_on=today())

    counted = figures(district)

    assert (counted["held"], counted["unplanned"], counted["unforeseen"]) == (1, 1, 1)
    names = [row[1] for row in row_of(district, "events")]
    assert names == ["Опрос", "Ярмарка", "Сход"]
    assert [row[2] for row in row_of(district, "risks")] == ["да", "нет"]


def test_events_of_later_days_are_no_part_of_the_plan_yet(
    district, year, captain, team
):
    before, after = (today() + timedelta(days=days) for days in (-1, 1))
    on = before if before >= year.starts_on else today()
    plan_event(team, captain, what="Ярмарка", due_on=on, done_on=on, fact="Пришли")
    plan_event(team, captain, what="Опрос", due_on=on)
    plan_event(team, captain, what="Сход", due_on=min(after, year.ends_on))

    blocks, _ = blocks_of(district)
    (held_ones,) = (f for b in blocks for f in b.figures if f.key == "held")
    of_project = figures_of(picture_of(project_of(team)), today()).conducted

    assert (held_ones.value, held_ones.of) == tuple(of_project)
    marks = {row[1]: row[4] for row in row_of(district, "events")}
    assert marks["Ярмарка"] == "проведено"
    if before >= year.starts_on and after <= year.ends_on:
        assert (marks["Опрос"], marks["Сход"]) == ("без отметки", "впереди")


@pytest.mark.parametrize(
    ("seen", "ticked", "left"),
    [
        ([], [], ["events"]),
        ([], ["risks"], ["events", "risks"]),
        (["events"], [], []),
    ],
)
def test_page_left_open_changes_only_the_ticks_that_its_reader_changed(
    district, admin, seen, ticked, left
):
    save(district, admin)
    facts = {"base_version": 1, "author": admin}
    services.save_conclusions(district, TEXTS, ["events"], **facts)

    services.save_conclusions(district, TEXTS, ticked, was_left_out=seen, **facts)

    assert services.report_of(district).left_out == left
