"""What is found for a person: by kind, the newest first, each thing once."""

import re
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.search import mentions
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_administer
from lms.overview.search.models import Kind, Passage
from lms.overview.search.permissions import Reach, findable_people, reach_of
from lms.overview.search.words import Wanted, mentioning
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission

FEW, MANY = 5, 40
# Versions of one work are found together; so many are looked through for each shown.
VERSIONS = 4
# So many passages with the same words are few enough to be named one by one,
# and so many of a kind are looked through for a phrase.
ENOUGH = 500
# Words, and what is between them, on either side of the first that was found.
AROUND = 30
_PIECE = re.compile(r"[^\W_]+|[\W_]+")

Snippet = list[tuple[str, bool]]


@dataclass
class Result:
    """One thing that was found, and the rows that name its place."""

    passage: Passage
    snippet: Snippet
    submission: Submission | None
    module: Module | None
    team: Team | None

    @property
    def title(self) -> str:
        """Say what it belongs to."""
        if self.module and self.module.current_revision:
            return self.module.current_revision.short_title
        is_said = self.passage.kind is Kind.ANNOUNCEMENT
        return "Объявление" if is_said else "План школы"


@dataclass
class Results:
    """All that was found."""

    kinds: dict[Kind, list[Result]] = field(default_factory=dict)
    # Kinds of which there is more than is shown.
    more: set[Kind] = field(default_factory=set)
    people: list[tuple[User, int | None]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.kinds and not self.people


def find(user: User, wanted: Wanted, only: Kind | None = None) -> Results:
    """Find what a person may see; of one kind more than of all."""
    shown = MANY if only else FEW
    ids, more = _ids_to_show(user, wanted, [only] if only else list(Kind), shown)
    results = Results(more=set() if only else more)
    for result in _load(ids, wanted):
        results.kinds.setdefault(result.passage.kind, []).append(result)
    results.kinds = {
        kind: results.kinds[kind] for kind in Kind if kind in results.kinds
    }
    if only is None:
        results.people = _people(user, wanted)
    return results


def _ids_to_show(
    user: User, wanted: Wanted, kinds: list[Kind], shown: int
) -> tuple[list[int], set[Kind]]:
    """Choose the newest passage of each thing: rights are part of the one question."""
    reach = reach_of(user)
    having = _having(wanted.apart, reach)
    newest = [
        _newest(kind, shown * VERSIONS, wanted, having, way)
        for kind in kinds
        for way in reach.ways_to(kind)
    ]
    rows = db.session.execute(
        sa.union(*(sa.select(part.subquery()) for part in newest)).order_by(
            sa.desc("source_id")
        )
    )
    chosen: dict[Kind, dict[object, int]] = {kind: {} for kind in kinds}
    for number, kind, _source_id, submission_id in rows:
        once = submission_id if kind in {Kind.WORK, Kind.REMARK} else None
        chosen[kind].setdefault(once or (number,), number)
    more = {kind for kind, things in chosen.items() if len(things) > shown}
    return [
        number for things in chosen.values() for number in [*things.values()][:shown]
    ], more


def _having(words: Wanted, reach: Reach) -> sa.ColumnElement[bool]:
    """Find passages by words; name them if they are few among all that can be seen.

    Whoever looks for a rare word from the newest passage on looks through all of them.
    """
    having = mentioning(words)
    if not reach.is_wide:
        return having
    ids = db.session.scalars(
        sa.select(Passage.id).where(having).limit(ENOUGH + 1)
    ).all()
    return having if len(ids) > ENOUGH else Passage.id.in_(ids)


def _newest(
    kind: Kind, most: int, wanted: Wanted, *conditions: sa.ColumnElement[bool]
) -> sa.Select[int, Kind, int, int | None]:
    """Take a few along an index that has them in order: nothing else is sorted."""
    columns = Passage.id, Passage.kind, Passage.source_id, Passage.submission_id
    newest = (
        sa.select(*columns)
        .where(Passage.kind == kind, *conditions)
        .order_by(Passage.source_id.desc())
    )
    if wanted == wanted.apart:
        return newest.limit(most)
    # Words side by side are compared in each passage, so in a bounded number.
    near = newest.limit(ENOUGH).subquery()
    return (
        sa.select(*columns)
        .join(near, near.c.id == Passage.id)
        .where(mentioning(wanted))
        .order_by(Passage.source_id.desc())
        .limit(most)
    )


def _load(ids: list[int], wanted: Wanted) -> list[Result]:
    rows = db.session.execute(
        sa.select(Passage, Submission, Module, Team)
        .outerjoin(Submission, Submission.id == Passage.submission_id)
        .outerjoin(Module, Module.id == Passage.module_id)
        .outerjoin(Team, Team.id == Passage.team_id)
        .where(Passage.id.in_(ids))
        .order_by(Passage.source_id.desc())
        .options(
            joinedload(Module.current_revision),
            joinedload(Team.school),
            joinedload(Submission.user),
        )
    )
    return [
        Result(passage, snippet_of(passage.text, wanted), submission, module, team)
        for passage, submission, module, team in rows
    ]


def _people(user: User, wanted: Wanted) -> list[tuple[User, int | None]]:
    columns = [User.full_name, User.email] if can_administer(user) else [User.full_name]
    words = " ".join([*wanted.stems])
    rows = db.session.execute(
        findable_people(user)
        .where(mentions(words, *columns))
        .order_by(User.full_name, User.id)
        .limit(FEW)
    )
    return [(person, team_id) for person, team_id in rows]


def snippet_of(text: str, wanted: Wanted) -> Snippet:
    """Cut out the place where the first word stands, and mark the words in it."""
    pieces = _PIECE.findall(text)
    hits = wanted.hits(pieces)
    first = _where_most_stand(hits)
    start, end = max(0, first - AROUND), first + AROUND
    are_hits = map(bool, hits[start:end])
    cut = list(zip(pieces[start:end], are_hits, strict=True))
    before, after = [("…", False)][: int(start > 0)], [("…", False)]
    return [*before, *cut, *after[: int(end < len(pieces))]]


def _where_most_stand(hits: list[str]) -> int:
    """Return the first place after which most of the words stand close together."""

    def different(place: int) -> int:
        return len({*filter(None, hits[place : place + AROUND])})

    return max((n for n, hit in enumerate(hits) if hit), key=different, default=0)
