"""Whom something is for: a whole cohort, or one team of it; chosen from a list."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from wtforms import SelectChoice, SelectField

from lms.core.language import plural
from lms.course.cohorts.models import Cohort
from lms.schools.teams.models import Team


class Audience(NamedTuple):
    """A cohort, or one team of it."""

    cohort: Cohort
    team: Team | None = None

    @property
    def key(self) -> str:
        """What stands for it in a form and in an address."""
        return f"team-{self.team.id}" if self.team else f"cohort-{self.cohort.id}"

    @property
    def label(self) -> str:
        if self.team is None:
            return f"{self.cohort.name}: все"
        return f"{self.team.school.name}, «{self.team.name}»"


class AudienceField(SelectField):
    """Whom something is for, of those whom a person may choose."""

    def offer(
        self,
        cohorts: Iterable[Cohort],
        teams: Iterable[Team],
        people: Mapping[int, int] | None = None,
    ) -> None:
        """Put cohorts with their teams into the list, with the people of each team."""
        own = list(teams)
        self.audiences: dict[str, Audience] = {}
        choices = []
        for cohort in cohorts:
            theirs = [team for team in own if team.cohort_id == cohort.id]
            for one in [Audience(cohort), *(Audience(cohort, team) for team in theirs)]:
                self.audiences[one.key] = one
                meant = [one.team] if one.team else theirs
                label = _numbered(one.label, meant, people)
                choices.append(SelectChoice(one.key, label, optgroup=cohort.name))
        self.choices = choices

    @property
    def chosen(self) -> Audience:
        return self.audiences[self.data]


def _numbered(
    label: str, teams: Iterable[Team], people: Mapping[int, int] | None
) -> str:
    if people is None:
        return label
    count = sum(people.get(team.id, 0) for team in teams)
    return f"{label} · {plural(count, 'человек', 'человека', 'человек')}"
