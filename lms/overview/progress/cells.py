"""One cell of the matrix: how far a team is with the work of a module."""

import enum
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lms.core.language import NBSP, plural, today
from lms.work.submissions.models import Status

SECOND = "ждёт второго чтения", "ждут второго чтения", "ждут второго чтения"


class State(enum.Enum):
    """Where a work is, as those who run the course see it. People read the value."""

    CLOSED = "не открыт"
    UNTOUCHED = "не начат"
    DRAFT = "черновик"
    WAITING = "ждёт проверки"
    DISPUTED = "просят пересмотреть"
    RETURNED = "вернули"
    ACCEPTED = "зачтено"
    # Decided already, and the one who looks may be the second reader.
    SECOND = "ждёт второго чтения"

    @property
    def is_teams_move(self) -> bool:
        """Tell whether the next move is the team's."""
        return self in {State.UNTOUCHED, State.DRAFT, State.RETURNED}


OF_STATUS = {
    Status.DRAFT: State.DRAFT,
    Status.WAITING: State.WAITING,
    Status.RETURNED: State.RETURNED,
    Status.ACCEPTED: State.ACCEPTED,
}


@dataclass(frozen=True)
class Work:
    """What the matrix knows of a work."""

    id: int
    status: Status
    due_on: date | None
    # Whose it is, where everybody writes alone.
    user_id: int | None = None
    # It came back, and the team has asked another tutor to look again.
    is_disputed: bool = False
    # What was decided is kept from the one who looks: a second reader, maybe.
    is_secret: bool = False

    @property
    def state(self) -> State:
        if self.is_secret:
            return State.SECOND
        return State.DISPUTED if self.is_disputed else OF_STATUS[self.status]


@dataclass(frozen=True)
class Cell:
    """The state in words; what else is to be known of it stands in the notes."""

    state: State
    word: str
    notes: tuple[str, ...] = ()
    is_overdue: bool = False
    # Somebody of the team has something to write or to mend here: any of them, or,
    # where everybody writes alone, these people.
    is_owed: bool = False
    owing: frozenset[int] = frozenset()
    # The work of the team, or those of its people.
    works: tuple[Work, ...] = ()

    @property
    def work(self) -> Work | None:
        """The work, where there is one of the whole team."""
        shared = (work for work in self.works if work.user_id is None)
        return next(shared, None)

    def work_of(self, user_id: int) -> Work | None:
        """Return the work that a person of the team writes."""
        own = (work for work in self.works if work.user_id in (None, user_id))
        return next(own, None)

    def is_owed_by(self, user_id: int) -> bool:
        """Tell whether a person of the team has something to do here."""
        return self.is_owed and (not self.owing or user_id in self.owing)

    @property
    def text(self) -> str:
        """All that the cell says, as a spreadsheet has it."""
        late = ("просрочено",) if self.is_overdue else ()
        return ", ".join([self.word, *self.notes, *late])


CLOSED = Cell(State.CLOSED, State.CLOSED.value)


def team_cell(
    work: Work | None, *, due_on: date | None, is_running: bool, is_required: bool
) -> Cell:
    """Say how far a team is; the due day of its work goes before the calendar's."""
    state = work.state if work else State.UNTOUCHED
    late = is_late(state, work.due_on if work else due_on)
    return Cell(
        state,
        state.value,
        is_overdue=is_running and is_required and late,
        is_owed=is_running and state.is_teams_move,
        works=(work,) if work else (),
    )


def personal_cell(
    people: Mapping[int, tuple[bool, Work | None]],
    *,
    due_on: date | None,
    is_running: bool,
    is_required: bool,
) -> Cell:
    """Say how many of a team sent a work that everybody writes alone.

    Of each member it is known whether the work is credited, and the work itself.
    """
    if not people:
        return Cell(State.UNTOUCHED, "никого в команде")
    states = {person: _state_of(*known) for person, known in people.items()}
    works = {person: work for person, (_, work) in people.items() if work}
    owing = frozenset(person for person in people if states[person].is_teams_move)
    number = Counter(states.values())
    sent = len(people) - number[State.UNTOUCHED] - number[State.DRAFT]
    late = any(
        is_late(states[person], works[person].due_on if person in works else due_on)
        for person in people
    )
    return Cell(
        _common(number, len(people)),
        f"прислали {sent}{NBSP}из{NBSP}{len(people)}",
        tuple(_notes(number)),
        is_overdue=is_running and is_required and late,
        is_owed=is_running and bool(owing),
        owing=owing,
        works=tuple(work for person, work in works.items() if not people[person][0]),
    )


def is_late(state: State, due_on: date | None) -> bool:
    """Tell whether the team owes a work whose day has passed."""
    return state.is_teams_move and due_on is not None and due_on < today()


def _state_of(is_credited: bool, work: Work | None) -> State:
    if is_credited and not (work and work.is_secret):
        return State.ACCEPTED
    return work.state if work else State.UNTOUCHED


def _common(number: Counter[State], people: int) -> State:
    """What of many states the colour shows: whose move it is, before how far."""
    if number[State.ACCEPTED] == people:
        return State.ACCEPTED
    for state in (State.WAITING, State.DISPUTED, State.RETURNED):
        if number[state]:
            return state
    if number[State.ACCEPTED] + number[State.SECOND] == people:
        return State.SECOND
    return State.UNTOUCHED if number[State.UNTOUCHED] == people else State.DRAFT


def _notes(number: Counter[State]) -> list[str]:
    notes = []
    if waiting := number[State.WAITING]:
        notes.append(plural(waiting, "ждёт проверки", "ждут проверки", "ждут проверки"))
    if disputed := number[State.DISPUTED]:
        notes.append(f"{disputed}{NBSP}на пересмотре")
    if second := number[State.SECOND]:
        notes.append(plural(second, *SECOND))
    if returned := number[State.RETURNED]:
        notes.append(f"{returned}{NBSP}на доработке")
    return notes
