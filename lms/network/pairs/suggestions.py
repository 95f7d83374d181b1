"""Which schools might help each other: alike, and one has what the other lacks."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.search import fold
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.network.pairs.models import Pair
from lms.schools.teams.models import School, Team
from lms.schools.territories.permissions import coordinated_schools
from lms.work.submissions.models import Status, Submission

MOST = 5
# What a name says of how a school lives; what has none of these words is «школа».
KINDS = {
    "детский сад": re.compile(r"\b(?:детск\w+ сад|доу)\b"),
    "лицей или гимназия": re.compile(r"\b(?:лице|гимнази)"),
    "сельская школа": re.compile(r"\b(?:посел|сел[оае]\b|сельск|деревн|станиц|хутор)"),
}
PLAIN = "школа"


@dataclass
class Suggestion:
    """One school has accepted works of lessons that the other got back."""

    helps: School
    learns: School
    lessons: list[int] = field(default_factory=list)


def kind_of(school: School) -> str:
    """Tell by its name what kind of school it is."""
    name = fold(school.name)
    return next((kind for kind, words in KINDS.items() if words.search(name)), PLAIN)


def suggestions_for(coordinator: User) -> list[Suggestion]:
    """Suggest pairs among the schools that a person coordinates; three statements."""
    ids = coordinated_schools(coordinator)
    schools = {
        school.id: school
        for school in db.session.scalars(sa.select(School).where(School.id.in_(ids)))
    }
    accepted, returned = _works(ids)
    paired = _paired()
    found: dict[tuple[int, int], Suggestion] = {}
    for lesson, learners in sorted(returned.items()):
        for learns in learners:
            for helps in accepted[lesson] - learners:
                key = min(helps, learns), max(helps, learns)
                two = schools[helps], schools[learns]
                if key not in paired and kind_of(two[0]) == kind_of(two[1]):
                    one = found.setdefault((helps, learns), Suggestion(*two))
                    one.lessons.append(lesson)
    ranked = sorted(found.values(), key=_rank)
    return ranked[:MOST]


def _rank(one: Suggestion) -> tuple[int, int, int]:
    return -len(one.lessons), one.learns.id, one.helps.id


def _works(ids: sa.Select[int]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """Return by number of lesson which schools have it accepted, and which returned."""
    accepted, returned = (
        defaultdict[int, set[int]](set),
        defaultdict[int, set[int]](set),
    )
    rows = db.session.execute(
        sa.select(Team.school_id, Module.position, Submission.status)
        .join(Submission, Submission.team_id == Team.id)
        .join(Module, Module.id == Submission.module_id)
        .where(Team.school_id.in_(ids), Module.position.is_not(None))
        .where(Submission.status.in_([Status.ACCEPTED, Status.RETURNED]))
    )
    for school_id, lesson, status in rows:
        (accepted if status is Status.ACCEPTED else returned)[lesson].add(school_id)
    return accepted, {
        lesson: schools - accepted[lesson] for lesson, schools in returned.items()
    }


def _paired() -> set[tuple[int, int]]:
    open_ones = sa.select(Pair.first_id, Pair.second_id).where(Pair.closed_at.is_(None))
    return {(first, second) for first, second in db.session.execute(open_ones)}
