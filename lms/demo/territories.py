"""Who looks after the schools of the demonstration."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.demo.cast import COORDINATED
from lms.identity.accounts.models import User
from lms.schools.territories.coordination import give_territory
from lms.schools.territories.models import Territory


def coordinate(coordinator: User, admin: User) -> None:
    """Give the coordinator three towns of the region, and not Novosibirsk."""
    towns = sa.select(Territory).where(Territory.name.in_(COORDINATED))
    for town in db.session.scalars(towns.order_by(Territory.id)).all():
        give_territory(coordinator, town, actor=admin)
