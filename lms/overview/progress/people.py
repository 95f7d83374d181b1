"""People × modules: what each member of some teams still lacks for the certificate."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lms.core.language import NBSP
from lms.core.search import has_words
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.rule import CompletionRule, RuleModule, frozen_rule
from lms.identity.accounts.models import User
from lms.outcomes.certificates.candidates import Candidate, candidates_of
from lms.outcomes.certificates.condition import QUIZ, WORK, Condition, Look
from lms.schools.teams.models import Team

SIGNS = {
    Look.MET: "✓",
    Look.TO_DO: "○",
    Look.RETURNED: "↩",
    Look.WAITING: "◷",
    Look.LATER: "–",
}
WORK_WORDS = {
    Look.MET: "зачтена",
    Look.TO_DO: "не отправлена",
    Look.RETURNED: "вернули",
    Look.WAITING: "ждёт решения",
    Look.LATER: "пока закрыта",
}
QUIZ_WORDS = {
    Look.MET: "пройдена",
    Look.TO_DO: "не пройдена",
    Look.LATER: "пока закрыта",
}


@dataclass(frozen=True)
class Mark:
    """How far a person is with one condition, as a sign and in words."""

    what: str
    look: Look
    sign: str
    word: str

    @property
    def text(self) -> str:
        """«самопроверка: 60 %»."""
        return f"{self.what.lower()}: {self.word}"


@dataclass(frozen=True)
class PersonCell:
    """What one lesson asks of one person: its work, its self-check, or both."""

    marks: list[Mark]

    @property
    def text(self) -> str:
        """All that the cell says, as a spreadsheet has it."""
        return " · ".join(mark.text for mark in self.marks)

    @property
    def is_met(self) -> bool:
        return all(mark.look is Look.MET for mark in self.marks)

    @property
    def is_ahead(self) -> bool:
        """Tell a lesson with which nobody can do anything yet."""
        return all(mark.look is Look.LATER for mark in self.marks)

    @property
    def state(self) -> str:
        """Name the colour of the cell, as the style sheet calls it."""
        looks = {mark.look for mark in self.marks}
        if self.is_met:
            return "accepted"
        if self.is_ahead:
            return "locked"
        if Look.RETURNED in looks:
            return "returned"
        return "waiting" if Look.WAITING in looks else "open"


@dataclass(frozen=True)
class PersonRow:
    """A member with a cell for each lesson of the rule."""

    candidate: Candidate
    cells: list[PersonCell]

    @property
    def user(self) -> User:
        return self.candidate.user

    @property
    def team(self) -> Team:
        return self.candidate.team

    @property
    def text(self) -> str:
        """What the person is found by."""
        tutor = self.team.tutor.full_name if self.team.tutor else ""
        place = f"{self.team.name} {self.team.school.label} {tutor}"
        return f"{self.user.full_name} {place}"

    @property
    def left(self) -> str:
        """Say how much stands between the person and the certificate."""
        if self.candidate.is_certified:
            return "сертификат выдан"
        return f"осталось {count}" if (count := self.count) else "всё есть"

    @property
    def count(self) -> int:
        return len(self.candidate.unmet)


@dataclass(frozen=True)
class PeopleGrid:
    """The people of a cohort, or of some of its teams, by team and name."""

    cohort: Cohort
    columns: list[RuleModule]
    rows: list[PersonRow]

    @cached_property
    def _counts(self) -> Counter[int]:
        return Counter(row.count for row in self.rows)

    @property
    def complete(self) -> int:
        """Count the people who have everything."""
        return self._counts[0]

    @property
    def nearly(self) -> int:
        """Count the people who lack one condition."""
        return self._counts[1]

    @property
    def of_nearly(self) -> "PeopleGrid":
        """The same with those who lack one condition only."""
        return self._where(lambda row: row.count == 1)

    def met(self, place: int) -> int:
        """Count the people who have all that a lesson asks for."""
        return sum(row.cells[place].is_met for row in self.rows)

    def failing(self, place: int) -> int:
        """Count the people who could pass the self-check of a lesson and have not."""
        marks = (mark for row in self.rows for mark in row.cells[place].marks)
        return sum(one.what == QUIZ and one.look is Look.TO_DO for one in marks)

    def of_tutor(self, user_id: int) -> "PeopleGrid":
        """The same with the teams of one tutor only."""
        return self._where(lambda row: row.team.tutor_id == user_id)

    def of_teams(self, team_ids: Collection[int]) -> "PeopleGrid":
        """The same with some teams only."""
        return self._where(lambda row: row.team.id in team_ids)

    def mentioning(self, words: str) -> "PeopleGrid":
        """The same with those whose name, team, school or tutor has all the words."""
        return self._where(lambda row: has_words(row.text, words))

    def _where(self, is_shown: Callable[[PersonRow], bool]) -> "PeopleGrid":
        return replace(self, rows=[row for row in self.rows if is_shown(row)])


def people_of_cohort(cohort: Cohort, viewer: User) -> PeopleGrid:
    """Lay out a whole cohort for those who run it; six statements for any number."""
    return _grid(cohort, candidates_of([cohort], viewer), _for_staff)


def people_of_team(team: Team, viewer: User, *, is_staff: bool) -> PeopleGrid:
    """Lay out a team; six statements for any number of people.

    How well somebody did in a self-check is between the person and staff: whoever else
    looks reads «не пройдена» of the one who has not tried and of the one who failed.
    """
    people = candidates_of([team.cohort], viewer, team_id=team.id)
    return _grid(team.cohort, people, _for_staff if is_staff else _for_peers)


def _grid(
    cohort: Cohort,
    candidates: Sequence[Candidate],
    say: Callable[[Condition], Mark],
) -> PeopleGrid:
    columns = _columns(frozen_rule(cohort))
    return PeopleGrid(
        cohort,
        columns,
        [
            PersonRow(one, [_cell(one, column, say) for column in columns])
            for one in candidates
            if one.membership.is_active
        ],
    )


def _columns(rule: CompletionRule | None) -> list[RuleModule]:
    """Return the lessons that the frozen rule asks anything of."""
    modules = rule.modules if rule else []
    return [one for one in modules if one.work_required or one.quiz_required]


def _cell(
    candidate: Candidate, column: RuleModule, say: Callable[[Condition], Mark]
) -> PersonCell:
    return PersonCell([say(c) for c in candidate.conditions if c.lesson == column])


def _for_staff(condition: Condition) -> Mark:
    percent = condition.percent
    if condition.what == QUIZ and not condition.is_met and percent is not None:
        reached = f"{percent}{NBSP}%"
        return Mark(QUIZ, condition.look, reached, reached)
    words = WORK_WORDS if condition.what == WORK else QUIZ_WORDS
    return _mark(condition, words)


def _for_peers(condition: Condition) -> Mark:
    """Tell of a work that each writes alone, as of a self-check, only whether."""
    is_alone = condition.lesson is not None and condition.lesson.by == "person"
    if condition.what == QUIZ:
        return _mark(condition, QUIZ_WORDS)
    if is_alone and condition.look not in {Look.MET, Look.LATER}:
        return Mark(WORK, Look.TO_DO, SIGNS[Look.TO_DO], "пока не зачтена")
    return _mark(condition, WORK_WORDS)


def _mark(condition: Condition, words: dict[Look, str]) -> Mark:
    look = condition.look
    return Mark(condition.what, look, SIGNS[look], words[look])
