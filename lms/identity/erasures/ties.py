"""What ties a person to others: it ends before they are erased, or it is told."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS, among


class Tie(NamedTuple):
    """One thing that others would miss, in a sentence to the person."""

    sentence: str
    # Whether the person has to end it first; what does not bind ends by itself.
    is_binding: bool = True


Finder = Callable[[User], Iterable[Tie]]
_finders: list[Finder] = []


def ties_people(finder: Finder) -> Finder:
    """Name a function that finds what ties a person in a feature."""
    _finders.append(finder)
    return finder


def ties_of(person: User) -> list[Tie]:
    """Return all that ties a person; what binds stands first."""
    found = [tie for finder in _finders for tie in finder(person)]
    return sorted(found, key=lambda tie: not tie.is_binding)


@ties_people
def tied_by_administration(person: User) -> Iterable[Tie]:
    """Somebody has to stay who can open accounts, and close them."""
    admins = sa.select(User.id).where(among(ADMINS)).order_by(User.id)
    if db.session.scalars(admins).all() == [person.id]:
        yield Tie(
            "Вы единственный администратор: сначала дайте эту роль кому-нибудь ещё,"
            " иначе сайтом никто не сможет управлять."
        )
