"""«Застряли»: why a team needs the tutor, one rule for each reason."""

import enum
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from lms.core.database import utcnow
from lms.core.language import ago, day, local_day, plural, site_zone
from lms.core.names import short_name
from lms.course.cohorts.models import Cohort
from lms.overview.progress.activity import Action
from lms.overview.progress.cells import Cell
from lms.overview.progress.facts import Return
from lms.schools.teams.roster import RosterEntry
from lms.work.credits.schedule import ScheduledModule

QUIET = timedelta(days=14)
UNTOUCHED = timedelta(days=10)


class Reason(enum.Enum):
    """Why a team is stuck. The value is what people read."""

    QUIET = "Давно без движения"
    RETURNED = "Вернули, а правок нет"
    HEADLESS = "Без капитана"


@dataclass(frozen=True)
class Trouble:
    """One reason to write to a team, in words."""

    reason: Reason
    sentence: str
    # Since when the team counts as stuck by it.
    from_at: datetime
    # How many days it lasts, if that is known.
    days: int = 0
    # The module whose work it is about, if it is about one.
    column: ScheduledModule | None = None
    # Whose work it is, where everybody writes alone.
    user_id: int | None = None


@dataclass(frozen=True)
class Situation:
    """What the rules look at: a team, its cells, what came back and what was done."""

    cohort: Cohort
    entry: RosterEntry
    places: Sequence[tuple[ScheduledModule, Cell]]
    returns: dict[int, Return]
    last: Action | None
    # What will be so by this moment, if nobody does anything, is told already.
    until: datetime

    @property
    def owed_since(self) -> datetime | None:
        """When the team got the oldest of what it has to do; None with nothing to do.

        A team that waits for its tutor, or has done all that is open, owes nothing.
        """
        moments = [
            self._owed_from(column, cell)
            for column, cell in self.places
            if column.is_required and cell.is_owed
        ]
        return min(moments, default=None)

    def _owed_from(self, column: ScheduledModule, cell: Cell) -> datetime:
        returned = [self.returns[w.id].at for w in cell.works if w.id in self.returns]
        opened = datetime.combine(column.opens_on, time(), site_zone())
        joined = max((m.joined_at for m in self.entry.members), default=opened)
        begun = self.cohort.opened_at or opened
        return max([opened, joined, begun, *returned])


def troubles_of(situation: Situation) -> list[Trouble]:
    """Return why a team is stuck; only in a cohort under way anybody can be.

    A team without people waits for them; there is nobody in it who could be stuck.
    """
    if not situation.cohort.is_open or situation.entry.is_awaited:
        return []
    return [trouble for rule in RULES for trouble in rule(situation)]


def _quiet(situation: Situation) -> Iterator[Trouble]:
    """No activity, though there is something to do, for so many days."""
    owed, last = situation.owed_since, situation.last
    if owed is None:
        return
    since = max(owed, last.at) if last else owed
    if situation.until - since < QUIET:
        return
    sentence = f"{ago(since)} без движения, "
    if last:
        who = short_name(last.name)
        sentence += f"последнее действие {day(local_day(last.at))}, {who}"
    else:
        sentence += "никто ещё ничего не писал и не читал"
    yield Trouble(Reason.QUIET, sentence, since + QUIET, _days(since))


def _returned(situation: Situation) -> Iterator[Trouble]:
    """A work came back and nobody has changed it for so many days."""
    names = {m.user_id: short_name(m.user.full_name) for m in situation.entry.members}
    for column, cell in situation.places:
        for work in cell.works:
            back = situation.returns.get(work.id)
            if back is None or work.is_disputed or not column.is_open:
                continue
            since = back.untouched_since
            if situation.until - since < UNTOUCHED:
                continue
            whose = f"{names[work.user_id]}: " if work.user_id else ""
            returned_on = day(local_day(back.at))
            sentence = f"{whose}работу «{column.short_label}» вернули {returned_on}, "
            if back.is_touched:
                sentence += f"последнее действие {ago(since)} назад"
            else:
                sentence += f"{ago(back.at)} её не правят"
            facts = since + UNTOUCHED, _days(since), column, work.user_id
            yield Trouble(Reason.RETURNED, sentence, *facts)


def _headless(situation: Situation) -> Iterator[Trouble]:
    """Nobody leads the team: the captain left, or the account was closed."""
    members = situation.entry.members
    captain = situation.entry.captain
    if captain and captain.user.closed_at is None:
        return
    if captain:
        sentence = f"доступ капитана закрыт: {short_name(captain.user.full_name)}"
    else:
        people = plural(len(members), "человек", "человека", "человек")
        sentence = f"капитана нет, в команде {people}"
    yield Trouble(Reason.HEADLESS, sentence, utcnow())


RULES: list[Callable[[Situation], Iterator[Trouble]]] = [_quiet, _returned, _headless]


def _days(since: datetime) -> int:
    return (utcnow() - since).days
