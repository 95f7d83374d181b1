"""«Напомнить»: a captain's ready letter to those who have something to do alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.language import day, local_day
from lms.identity.accounts.models import User
from lms.overview.mailings.addressees import Addressee, Group, own_to_do
from lms.overview.mailings.models import Mailing, Purpose, Recipient
from lms.overview.mailings.services import Draft, reachable, send_to
from lms.overview.mailings.wording import FIRST_TEXTS, named
from lms.overview.progress.matrix import matrix_of
from lms.overview.progress.people import PeopleGrid
from lms.schools.teams.models import Team

PAUSE = timedelta(days=7)
GROUP = Group(Purpose.REMINDER)


@dataclass(frozen=True)
class Reminder:
    """What a captain may remind of today, and when that was done last."""

    # Who lacks what, as the letter will name it.
    lacking: list[tuple[str, list[str]]]
    last_at: datetime | None

    @property
    def waits_until(self) -> str:
        """Name the day from which another reminder may go; empty when it may now."""
        if self.last_at is None or utcnow() - self.last_at >= PAUSE:
            return ""
        return day(local_day(self.last_at + PAUSE))


def reminder_for(team: Team, grid: PeopleGrid, captain: User) -> Reminder:
    """Return what to remind of, as the page of the team shows it; one statement."""
    lacking = [
        (row.user.full_name, [named(one) for one in own_to_do(row.candidate.unmet)])
        for row in grid.rows
        if row.user.id != captain.id
    ]
    return Reminder([one for one in lacking if one[1]], _last_at(team))


def remind_team(team: Team, *, captain: User, form_key: str) -> Mailing:
    """Remind the others of a team of what each has to do alone, once a week.

    The team is held, so of two presses the second one hears of the first.
    """
    db.session.execute(sa.select(Team.id).where(Team.id == team.id).with_for_update())
    if known := added_before(Mailing, form_key):
        return known
    if not team.cohort.is_open:
        raise RuleError("Напоминают только, пока поток идёт.")
    last_at = _last_at(team)
    if until := Reminder([], last_at).waits_until:
        raise RuleError(f"Команде напоминают раз в неделю: снова можно {until}.")
    people = _others(team, captain)
    if not people:
        raise RuleError("Напоминать некому: всё, что можно сделать сейчас, сделано.")
    first = FIRST_TEXTS[Purpose.REMINDER]
    ids = [one.user.id for one in people]
    draft = Draft(first.subject, first.text, ids, form_key)
    return send_to(people, team.cohort, GROUP, draft, author=captain)


def _others(team: Team, captain: User) -> list[Addressee]:
    matrix = matrix_of(team.cohort, team_id=team.id, viewer=captain)
    people = reachable(matrix, GROUP, viewer=captain, team_id=team.id)
    return [one for one in people if one.user.id != captain.id]


def _last_at(team: Team) -> datetime | None:
    to_the_team = Mailing.recipients.any(Recipient.team_id == team.id)
    last = sa.select(sa.func.max(Mailing.created_at)).where(
        Mailing.cohort_id == team.cohort_id, Mailing.purpose == Purpose.REMINDER
    )
    return db.session.scalar(last.where(to_the_team))
