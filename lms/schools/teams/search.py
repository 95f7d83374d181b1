"""Finding teams and schools in lists that grow."""

from collections.abc import Sequence
from functools import partial

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.search import Search, mentions, search_for, searched_words
from lms.identity.accounts.models import User
from lms.schools.teams.models import Membership, School, Team

TEAMS, SCHOOLS = 30, 50
# All of one place stand together in the order of places, and the way there is long.
IN_ONE_PLACE = 5_000
# Looking for the rarest word among several, so many teams of each are enough.
FEW_TEAMS = 1_000
BY_PLACE = School.municipality, School.name, Team.name, Team.id


def find_teams(
    ways: Sequence[sa.ColumnElement[bool]], *, words: str, cohort_id: int | None
) -> Listing[Team]:
    """List the teams to which one of the ways leads, of a cohort, with every word."""
    teams = by_place(sa.select(Team))
    if cohort_id:
        teams = teams.where(Team.cohort_id == cohort_id)
    return Listing(
        teams,
        BY_PLACE,
        TEAMS,
        ways=ways,
        search=_search(words, few=bool(cohort_id)),
        most_rare=IN_ONE_PLACE,
    )


def by_place(teams: sa.Select[Team]) -> sa.Select[Team]:
    """Put teams in order and load what a list of them shows."""
    return (
        teams.join(Team.school)
        .order_by(*BY_PLACE)
        .options(
            contains_eager(Team.school), joinedload(Team.cohort), joinedload(Team.tutor)
        )
    )


def with_words(words: str) -> sa.ColumnElement[bool]:
    """Tell of a team and its school whether every word is about them or a member."""
    return sa.and_(sa.true(), *(_is_about(word) for word in words.split()))


def find_schools(words: str) -> Listing[School]:
    """List the schools that every word is about, all of them without words."""
    return Listing(
        sa.select(School),
        (School.municipality, School.name, School.id),
        SCHOOLS,
        search=search_for(words, School.name, School.municipality),
        most_rare=IN_ONE_PLACE,
    )


def schools_to_choose(words: str, chosen_id: int | None, *, most: int) -> list[School]:
    """Return the first schools that every word is about, with the one chosen by now."""
    found = mentions(words, School.name, School.municipality)
    places = School.municipality, School.name, School.id
    in_order = sa.select(School).where(found).order_by(*places).limit(most)
    first = list(db.session.scalars(in_order))
    chosen = db.session.get(School, chosen_id) if chosen_id else None
    return first if chosen is None or chosen in first else [chosen, *first]


def _search(words: str, *, few: bool) -> Search | None:
    """Search teams; where they are few, each is looked at, and no index is asked."""
    asked = [word for word in words.split() if searched_words(word)]
    by_index = partial(_by_index, () if few else asked)
    return Search(with_words(words), by_index) if asked else None


def _by_index(words: Sequence[str]) -> sa.ColumnElement[bool] | None:
    """Find the teams of the rarest word, and look at them for the others.

    «Школа» and «команда» are about everybody: gathered, they would be the country.
    Where every word is so common, teams with all of them are met soon on the way.
    """
    for most in (FEW_TEAMS, IN_ONE_PLACE) if words else ():
        hits = _hits(words, most)
        rarest, *others = sorted(words, key=hits.__getitem__)
        if hits[rarest] <= most:
            found = Team.id.in_(sa.union(*_about(rarest)))
            return sa.and_(found, *map(_is_about, others))
    return None


def _hits(words: Sequence[str], most: int) -> dict[str, int]:
    """Count what each word finds, up to so much; one statement."""
    counts = []
    for word in words:
        first = (part.limit(most + 1).subquery() for part in _about(word))
        found = sa.union_all(*map(sa.select, first)).subquery()
        counts.append(sa.select(sa.func.count()).select_from(found).scalar_subquery())
    row = db.session.execute(sa.select(*counts)).one()
    return dict(zip(words, row, strict=True))


def _is_about(word: str) -> sa.ColumnElement[bool]:
    """Tell of one team: of schools and people, too, only its own are looked at.

    A plain EXISTS makes PostgreSQL look for everybody of that name first, and it takes
    conditions on two tables at once for cheap, which these are not.
    """
    school = sa.select(mentions(word, School.name, School.municipality))
    named = sa.select(sa.func.count()).select_from(Membership).join(Membership.user)
    members = named.where(Membership.team_id == Team.id, mentions(word, User.full_name))
    return sa.or_(
        mentions(word, Team.name),
        school.where(School.id == Team.school_id).correlate(Team).scalar_subquery(),
        members.correlate(Team).scalar_subquery() > 0,
    )


def _about(word: str) -> list[sa.Select[int]]:
    """Return the same teams by their ids; each part has an index of its own."""
    by_school = mentions(word, School.name, School.municipality)
    return [
        sa.select(Team.id).where(mentions(word, Team.name)),
        sa.select(Team.id).join(Team.school).where(by_school),
        sa.select(Membership.team_id).where(_is_called(word)),
    ]


def _is_called(word: str) -> sa.ColumnElement[bool]:
    """Tell whether a member's name has a word; the index has the address too."""
    by_index = mentions(word, User.full_name, User.email)
    return Membership.user.has(sa.and_(by_index, mentions(word, User.full_name)))
