"""Finding people, and the teams they are in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager

from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.search import search_for
from lms.identity.accounts.models import Role, User
from lms.schools.teams.models import Membership, Team

PAGE = 50
# In the order of names all of one name stand together, and the way there is long.
NAMESAKES = 20_000


def find_people(people: sa.Select[User], *, words: str, kind: str) -> Listing[User]:
    """Narrow a list of people to those who are looked for, by name."""
    if kind in Role.__members__:
        people = people.where(User.with_role(Role[kind]))
    elif kind == "member":
        people = people.where(
            sa.exists().where(
                Membership.user_id == User.id, Membership.left_at.is_(None)
            )
        )
    if kind == "closed":
        people = people.where(User.closed_at.is_not(None))
    else:
        people = people.where(User.closed_at.is_(None))
    return Listing(
        people,
        (User.full_name, User.id),
        PAGE,
        search=search_for(words, User.full_name, User.email),
        most_rare=NAMESAKES,
    )


def active_memberships(people: Iterable[User]) -> dict[int, list[Membership]]:
    """Return the teams in which each person is now, by the person's id."""
    ids = [person.id for person in people]
    query = _memberships().where(
        Membership.user_id.in_(ids), Membership.left_at.is_(None)
    )
    found = defaultdict(list)
    for row in db.session.scalars(query.order_by(Membership.joined_at.desc())):
        found[row.user_id].append(row)
    return found


def memberships_of(person: User) -> Sequence[Membership]:
    """List the teams a person is and was in, the latest first."""
    query = _memberships().where(Membership.user_id == person.id)
    return db.session.scalars(query.order_by(Membership.joined_at.desc())).all()


def _memberships() -> sa.Select[Membership]:
    return (
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .join(Team.cohort)
        .options(
            contains_eager(Membership.team).options(
                contains_eager(Team.school), contains_eager(Team.cohort)
            )
        )
    )
