"""What each role is for: the one place that asks a person for a role.

Addresses name one of these sets, features ask one of these questions. Whose cohorts
and teams a person runs or sees, the permissions of `cohorts` and `teams` say.
"""

from functools import cache
from typing import Any, NamedTuple, cast

import sqlalchemy as sa

from lms.identity.accounts.models import Role, User

# Judge the works of their cohorts.
TUTORS = frozenset({Role.TUTOR})
# Publish modules, open cohorts, invite people, and see everything.
ADMINS = frozenset({Role.ADMIN})
# Run cohorts: write to teams, arrange meetings, issue certificates.
STAFF = TUTORS | ADMINS
# Look after the schools of territories; they run and judge nothing by that.
COORDINATORS = frozenset({Role.COORDINATOR})
# Read the lessons and look how teams are doing.
OBSERVERS = STAFF | COORDINATORS


def can_judge(user: User) -> bool:
    """Tell a tutor; of which cohort is another question."""
    return bool(user.roles & TUTORS)


def can_administer(user: User) -> bool:
    """Tell an admin, who works on the course itself and for every cohort."""
    return bool(user.roles & ADMINS)


def can_run_cohorts(user: User) -> bool:
    """Tell those who run cohorts; which ones is another question."""
    return bool(user.roles & STAFF)


def can_coordinate(user: User) -> bool:
    """Tell a coordinator; of which territories is another question."""
    return bool(user.roles & COORDINATORS)


def can_observe(user: User) -> bool:
    """Tell those who follow the course without taking part."""
    return bool(user.roles & OBSERVERS)


def sees_everything(user: User) -> sa.ColumnElement[bool]:
    """Open every row of a query to admins, and none to others."""
    return sa.true() if can_administer(user) else sa.false()


def among(roles: frozenset[Role]) -> sa.ColumnElement[bool]:
    """Tell the database to find people with one of the roles and an open account."""
    has_one = (User.with_role(role) for role in sorted(roles, key=lambda r: r.name))
    return sa.and_(sa.or_(*has_one), User.closed_at.is_(None))


def ids_among(roles: frozenset[Role]) -> sa.Select[int]:
    """Return who has one of the roles and an open account, in a steady order."""
    return sa.select(User.id).where(among(roles)).order_by(User.id)


class _Viewer(NamedTuple):
    """What a permission asks of a person."""

    id: Any
    roles: frozenset[Role]


# So the id of the one who looks is called in a statement that was built before.
VIEWER = "viewer_id"


def anybody_like(user: User) -> User:
    """Return who stands for everybody with a person's roles in a statement.

    Putting a large statement together takes longer than answering it, and it depends
    on roles alone: it is built once, and asked with the id under the name `VIEWER`.
    """
    return _with_roles(user.roles)


@cache
def _with_roles(roles: frozenset[Role]) -> User:
    person = _Viewer(sa.bindparam(VIEWER, type_=sa.Integer), roles)
    return cast(User, person)
