"""Indicators of the demonstration: a baseline, and what four schools of five said."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from lms.core.extensions import db
from lms.core.periods import HalfYear
from lms.demo import cast
from lms.demo.cast import SchoolTeam
from lms.identity.accounts.models import User
from lms.monitoring.indicators.aiming import set_aim
from lms.monitoring.indicators.choosing import counted_now
from lms.monitoring.indicators.deadlines import asked_period
from lms.monitoring.indicators.models import Count, Indicator, Measurement
from lms.monitoring.indicators.services import (
    Entry,
    accept_measurements,
    measurements_of,
    return_measurement,
    send_measurements,
)
from lms.schools.teams.models import Membership, School, Team
from lms.schools.territories.models import SchoolTerritory, Territory

PAGE = "https://school.example.org/roditeli"
QUESTION = "В прошлом году родителей было 320. Это за всю школу или за начальную?"


@dataclass(frozen=True)
class Answers:
    """What a school says of a half-year."""

    parents: tuple[int, int]
    partners: tuple[int, int]
    hours: int
    money: int

    def entries(self, counted: dict[str, Indicator]) -> list[Entry]:
        return [
            Entry(counted["parents"], Count(*self.parents), link=PAGE),
            Entry(counted["partners"], Count(*self.partners)),
            Entry(counted["hours"], Count(self.hours)),
            Entry(counted["money"], Count(self.money)),
        ]


OPORA = Answers((64, 520), (3, 7), 18, 240)
MOST = Answers((41, 380), (1, 3), 12, 150)
# So few parents that nobody but the school and its coordinator sees how many.
RODNIK = Answers((2, 90), (1, 2), 6, 0)
ISTOK = Answers((30, 210), (2, 6), 10, 85)
# Baseline and target of the region.
AIMS = {
    "parents": (8, 15),
    "partners": (30, 60),
    "hours": (30, 60),
    "money": (300, 600),
}


def count_indicators(coordinator: User, admin: User) -> None:
    """Let four schools answer: two are accepted, one is asked, one waits."""
    counted, period = counted_now(), asked_period()
    opora = _send(cast.OPORA, OPORA, counted, period)
    most = _send(cast.MOST, MOST, counted, period)
    _send(cast.RODNIK, RODNIK, counted, period)
    istok = _send(cast.ISTOK, ISTOK, counted, period)
    accept_measurements(opora, actor=admin)
    accept_measurements(most, actor=coordinator)
    return_measurement(istok[0], question=QUESTION, seen=0, actor=coordinator)
    _aim(opora[0].school, counted, period.starts_on, admin)


def _send(
    team: SchoolTeam, answers: Answers, counted: dict[str, Indicator], period: HalfYear
) -> list[Measurement]:
    """Let whoever leads a team now send the numbers of its school."""
    leader = (
        sa.select(Membership)
        .join(Membership.team)
        .where(Team.name == team.name, Membership.left_at.is_(None))
        .order_by(Membership.is_captain.desc(), Membership.id)
    )
    member = db.session.scalars(leader.limit(1)).one()
    school, entries = member.team.school, answers.entries(counted)
    send_measurements(school, period, entries, author=member.user)
    sent = measurements_of(school, period)
    return [sent[one.indicator.id] for one in entries]


def _aim(
    school: School, counted: dict[str, Indicator], began_on: date, actor: User
) -> None:
    """Write down where the region and one of its schools began."""
    due_on = began_on + relativedelta(years=1)
    days = {"baseline_on": began_on, "due_on": due_on}
    region = _region_of(school)
    for key, (baseline, target) in AIMS.items():
        values = {"baseline": baseline, "target": target} | days
        set_aim(counted[key], region, base_version=0, actor=actor, **values)
    values = {"baseline": 9, "target": 20} | days
    set_aim(counted["parents"], school, base_version=0, actor=actor, **values)


def _region_of(school: School) -> Territory:
    stay = sa.select(SchoolTerritory).filter_by(school_id=school.id)
    territory = db.session.scalars(stay).one().territory
    while territory.parent:
        territory = territory.parent
    return territory
