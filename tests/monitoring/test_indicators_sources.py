"""Figures that the site knows: nobody types them, and they stay as they were."""

from datetime import timedelta

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.core.periods import HalfYear
from lms.monitoring.indicators.catalogue import OFFERS
from lms.monitoring.indicators.deadlines import before_of
from lms.monitoring.indicators.models import Count, Source
from lms.monitoring.indicators.sources import SITE
from lms.schools.meetings.models import Attendance, Meeting
from lms.schools.meetings.models import Source as Presence
from lms.schools.teams.models import Position
from lms.schools.territories.models import SchoolTerritory
from tests.conftest import member_of, person, save
from tests.history import age
from tests.works import accept, send, send_back


def now():
    return HalfYear.of(today())


def count_of(key, team, viewer, period=None):
    counts = SITE[key]([team.school_id], period or now(), viewer)
    return counts.get(team.school_id)


@pytest.fixture
def done(module, captain, team, tutor):
    """A work of «Опора» that was accepted today."""
    return accept(send(module, captain, team), tutor)


def test_every_figure_of_the_site_is_offered():
    assert {one.key for one in OFFERS if one.source is Source.SITE} == set(SITE)


def test_school_with_an_accepted_work_is_in_the_network(done, team, other_team, admin):
    schools = [team.school_id, other_team.school_id]

    counts = SITE["network"](schools, now(), admin)

    assert counts == {schools[0]: Count(1, 1), schools[1]: Count(0, 1)}


def test_work_counts_in_its_own_half_year(done, team, admin):
    age((today() - now().starts_on).days + 20)

    assert count_of("network", team, admin) == Count(0, 1)
    assert count_of("network", team, admin, before_of(now())) == Count(1, 1)
    assert count_of("sections", team, admin) == Count(1, 1)


def test_returned_work_is_no_section(module, captain, team, tutor, admin):
    send_back(send(module, captain, team), tutor)

    assert count_of("sections", team, admin) == Count(0, 1)
    assert count_of("network", team, admin) == Count(0, 1)


def test_second_reader_does_not_learn_that_a_work_was_accepted(
    module, captain, team, tutor, tutor2, admin, cohort
):
    cohort.second_share = 100
    accept(send(module, captain, team), tutor)

    assert count_of("sections", team, tutor2) == Count(0, 1)
    assert count_of("sections", team, admin) == Count(1, 1)


@pytest.mark.parametrize(
    ("positions", "broad"),
    [
        ([Position.PARENT, Position.GRADUATE], 1),
        ([Position.PARENT, Position.PARTNER], 1),
        ([Position.GRADUATE, Position.PARTNER], 0),
        ([Position.PARENT, Position.TEACHER], 0),
        ([], 0),
    ],
)
def test_team_with_a_parent_and_another_is_broad(positions, broad, team, admin):
    for number, position in enumerate(positions):
        user = person(f"Участник {number}", f"{number}@example.org")
        member_of(team, user, position=position)

    assert count_of("breadth", team, admin) == Count(broad, 1)


@pytest.fixture
def meeting(team, territory, admin):
    """A meeting of the town of «Опора» today, of which it is told who came."""
    facts = {"title": "Методическое объединение", "minutes": 60, "place": "Центр"}
    return save(
        Meeting(
            **facts,
            cohort=team.cohort,
            territory=territory,
            starts_at=utcnow(),
            attended_at=utcnow(),
            created_by_id=admin.id,
        )
    )


def test_teachers_at_a_meeting_of_the_territory_count(
    meeting, team, member, captain, admin
):
    member_of(team, person("Рогов Пётр Ильич", "rogov@example.org"))
    for user in (member, captain):  # the captain is no teacher
        save(Attendance(meeting_id=meeting.id, user=user, source=Presence.MARK))

    assert count_of("meetings", team, admin) == Count(1, 2)


def test_recording_is_no_part_in_a_meeting(meeting, team, member, admin):
    save(Attendance(meeting_id=meeting.id, user=member, source=Presence.RECORDING))

    assert count_of("meetings", team, admin) == Count(0, 1)


def test_row_at_a_meeting_of_another_town_is_no_turnout(
    meeting, team, member, other_coordinator, other_team, admin
):
    (stay,) = db.session.query(SchoolTerritory).filter_by(
        school_id=other_team.school_id
    )
    facts = {"title": "Чужая", "minutes": 60, "attended_at": utcnow()}
    facts |= {"cohort": team.cohort, "territory": stay.territory}
    elsewhere = save(Meeting(**facts, starts_at=utcnow(), created_by_id=admin.id))

    save(Attendance(meeting_id=elsewhere.id, user=member, source=Presence.MARK))

    assert count_of("meetings", team, admin) == Count(0, 1)


def test_nothing_is_known_where_nobody_told_who_came(meeting, team, member, admin):
    meeting.attended_at = None
    db.session.commit()

    assert count_of("meetings", team, admin) is None


def test_meeting_of_another_territory_tells_nothing(
    meeting, other_team, other_coordinator, other, admin
):
    assert count_of("meetings", other_team, admin) is None


def test_who_came_later_or_had_gone_is_no_member_then(team, admin, module):
    parent, graduate = (person(name, f"{name}@example.org") for name in ("a", "b"))
    member_of(team, parent, position=Position.PARENT)
    member_of(team, graduate, position=Position.GRADUATE)
    left, joined = team.memberships
    left.left_at = left.joined_at + timedelta(hours=1)
    db.session.commit()

    assert count_of("breadth", team, admin) == Count(0, 1)
    assert joined.is_active
