"""The captain's first cohort, a school year before: finished, and all to be read."""

from datetime import date

from dateutil.relativedelta import relativedelta

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.services import close_cohort
from lms.course.modules.models import Module
from lms.demo.story import TeamStory
from lms.demo.webinars import all_came
from lms.identity.accounts.models import User
from lms.outcomes.certificates.services import issue_certificate
from lms.schools.teams.models import Membership, Position, Team
from lms.schools.teams.services import create_team

POSITIONS = Position.DEPUTY, Position.TEACHER


def first_october() -> date:
    """Return the first of October a year and more ago."""
    here = date(today().year - 1, 10, 1)
    return here if here <= today() - relativedelta(years=1) else _year_before(here)


def _year_before(day: date) -> date:
    return day - relativedelta(years=1)


def first_year(
    cohort: Cohort,
    present: TeamStory,
    modules: dict[int, Module],
    *,
    tutor: User,
    admin: User,
) -> None:
    """Let two people of a team have finished the course in an earlier cohort."""
    school = present.team.school
    team = create_team(
        cohort=cohort, school=school, name="Начало", tutor=tutor, actor=admin
    )
    people = present.members[: len(POSITIONS)]
    for person, position in zip(people, POSITIONS, strict=True):
        db.session.add(_membership(person, team, position))
    db.session.commit()
    story, days = TeamStory(team, people, tutor), (today() - cohort.starts_on).days
    counted = [modules[number] for number in (1, 2, 3, 4, 5, 6, 7, 9)]
    for number, module in enumerate(counted, start=1):
        story.accept(module, days_ago=days - 7 * number)
    story.check_themselves(counted, 90)
    all_came(cohort, tutor, modules[0])
    for person in people:
        issue_certificate(person, cohort, actor=admin)
    close_cohort(cohort, actor=admin)


def _membership(person: User, team: Team, position: Position) -> Membership:
    begins = team.cohort.opened_at
    return Membership(
        user=person,
        team=team,
        position=position,
        is_captain=position is POSITIONS[0],
        joined_at=begins,
        chosen_at=begins,
    )
