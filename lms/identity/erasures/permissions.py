"""Who sees what people ask about their data, and what is left to decide."""

import sqlalchemy as sa

from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import sees_everything
from lms.identity.erasures.models import Mention
from lms.identity.requests.models import DataRequest


def visible_requests(user: User) -> sa.Select[DataRequest]:
    """Only admins answer requests."""
    return sa.select(DataRequest).where(sees_everything(user))


def visible_mentions(user: User) -> sa.Select[Mention]:
    """Only admins decide about texts."""
    return sa.select(Mention).where(sees_everything(user))
