"""What the letter of the day says of school projects."""

from collections.abc import Sequence
from datetime import datetime

from lms.core.language import day
from lms.core.links import site_link
from lms.core.names import short_name
from lms.identity.accounts.models import User
from lms.monitoring.projects.comments import comments_for
from lms.monitoring.projects.reminders import unmarked_for
from lms.overview.digest.naming import Names
from lms.overview.digest.talks import Line
from lms.schools.teams.models import Membership


def lines_without_mark(
    person: User, memberships: Sequence[Membership], names: Names
) -> list[Line]:
    """Name the events whose day is over, to whoever answers for them."""
    return [
        Line(
            f"{names[team.cohort_id]}без отметки: {event.what} — был срок"
            f" {day(event.due_on)}. Отметьте, проведено ли, или почему нет",
            site_link(
                "projects.change", team_id=team.id, kind="events", row_id=event.id
            ),
        )
        for team, event in unmarked_for(person, memberships)
        if event.due_on
    ]


def lines_of_comments(
    person: User, memberships: Sequence[Membership], names: Names, since: datetime
) -> list[Line]:
    """Name the tabs beside which somebody else has written since the letter before."""
    teams = [one.team for one in memberships]
    return [
        Line(
            f"{names.get(team.cohort_id, '')}{short_name(author)} — комментарий к"
            f" проекту школы, раздел «{part.value}»: {team.school.name}",
            site_link(f"projects.{part.name.lower()}", team_id=team.id),
        )
        for team, part, author in comments_for(person, teams, since=since)
    ]
