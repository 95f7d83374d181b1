"""One cell of the matrix: how far a team is with the work of a module."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.core.language import NBSP, plural
from lms.work.credits.gradebook import Work
from lms.work.credits.path import Step
from lms.work.credits.state import State

SECOND = "ждёт второго чтения", "ждут второго чтения", "ждут второго чтения"
# What those who run the course read, where it is not what the team reads.
WORDS = {
    State.LOCKED: "не открыт",
    State.OPEN: "не начат",
    State.DRAFT: "черновик",
    State.DISPUTED: "просят пересмотреть",
    State.RETURNED: "вернули",
}


@dataclass(frozen=True)
class Cell:
    """The state in words; what else is to be known of it stands in the notes."""

    state: State
    word: str
    notes: tuple[str, ...] = ()
    # The step of the team, under None, or those of its people, where each writes alone.
    steps: Mapping[int | None, Step] = field(default_factory=dict)

    @property
    def works(self) -> list[Work]:
        """The work of the team, or those of its people who have no credit yet."""
        steps = [step for step in self.steps.values() if not step.is_credited]
        return [step.submission for step in steps if step.submission]

    @property
    def work(self) -> Work | None:
        """The work, where there is one of the whole team."""
        return next((work for work in self.works if work.user_id is None), None)

    def step_of(self, user_id: int) -> Step:
        """Return what a person of the team has to do with, alone or together."""
        return self.steps.get(user_id) or self.steps[None]

    @property
    def is_owed(self) -> bool:
        """Tell whether somebody of the team has something to write or to mend."""
        return any(step.needs_work for step in self.steps.values())

    @property
    def is_late(self) -> bool:
        return any(step.is_late for step in self.steps.values())

    @property
    def text(self) -> str:
        """All that the cell says, as a spreadsheet has it."""
        late = ("просрочено",) if self.is_late else ()
        return ", ".join([self.word, *self.notes, *late])


def team_cell(step: Step) -> Cell:
    """Say how far a team is with a work that it writes together."""
    return Cell(step.state, word_of(step.state), steps={None: step})


def personal_cell(steps: Mapping[int | None, Step]) -> Cell:
    """Say how many of a team sent a work that everybody writes alone."""
    if not steps:
        return Cell(State.OPEN, "никого в команде")
    number = Counter(step.state for step in steps.values())
    if number[State.LOCKED] == len(steps):
        return Cell(State.LOCKED, word_of(State.LOCKED), steps=steps)
    unsent = sum(number[state] for state in (State.LOCKED, State.OPEN, State.DRAFT))
    return Cell(
        _common(number, len(steps)),
        f"прислали {len(steps) - unsent}{NBSP}из{NBSP}{len(steps)}",
        tuple(_notes(number)),
        steps,
    )


def word_of(state: State) -> str:
    """Name a state as those who run the course read it."""
    return WORDS.get(state, state.value)


def _common(number: Counter[State], people: int) -> State:
    """What of many states the colour shows: whose move it is, before how far."""
    if number[State.ACCEPTED] == people:
        return State.ACCEPTED
    for state in (State.WAITING, State.DISPUTED, State.RETURNED):
        if number[state]:
            return state
    if number[State.ACCEPTED] + number[State.SECOND] == people:
        return State.SECOND
    return State.OPEN if number[State.OPEN] == people else State.DRAFT


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
