"""Who sees the register of people."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything


def visible_people(user: User) -> sa.Select[User]:
    """Only admins see people as such; others meet them in teams and works."""
    return sa.select(User).where(sees_everything(user))
