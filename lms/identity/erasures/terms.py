"""Accounts whose time is over: a letter warns, and after a month they are erased."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from dateutil.relativedelta import relativedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import every_day
from lms.core.retention import HOUR
from lms.identity.accounts.models import User
from lms.identity.erasures.asking import add_erasure
from lms.identity.erasures.models import Erasure
from lms.identity.requests.models import DataRequest, RequestKind
from lms.schools.teams.models import Membership

# After the last cohort of a person, or, in no cohort, after they were here last.
LASTS = relativedelta(years=3)
WARNED = timedelta(days=30)


@every_day("accounts over", "Удаление: у кого закончился срок", hour=HOUR)
def warn_whose_term_ends(_request: dict[str, Any]) -> None:
    """Ask for the erasure of everybody whose account is kept for a month more.

    Whoever wants to stay calls it off, and has three years again.
    """
    for person_id in db.session.scalars(_over(utcnow() + WARNED - LASTS)).all():
        person = db.session.get_one(User, person_id)
        erase_at = utcnow() + WARNED
        erasure = add_erasure(person, RequestKind.ERASURE, erase_at=erase_at)
        erasure.is_by_term = True
        erasure.request.due_on = erase_at.date() + timedelta(days=3)
        db.session.commit()


def _over(before: datetime) -> sa.Select[int]:
    """Select the people who take part no more and took part last before a moment.

    Whoever has a role works here still.
    """
    ended = sa.func.coalesce(Membership.graduated_at, Membership.left_at)
    of_person = sa.select(sa.func.max(ended)).where(Membership.user_id == User.id)
    here_last = sa.func.coalesce(User.signed_in_at, User.created_at)
    takes_part = sa.exists().where(Membership.user_id == User.id, ended.is_(None))
    last = sa.func.coalesce(of_person.correlate(User).scalar_subquery(), here_last)
    return (
        sa.select(User.id)
        .where(User.roles == frozenset(), User.erased_at.is_(None))
        .where(~takes_part, last < before, ~_has_asked(before))
        .order_by(User.id)
    )


def _has_asked(before: datetime) -> sa.ColumnElement[bool]:
    """Tell who is going to be erased anyway, or has called it off since a moment."""
    return (
        sa.exists()
        .where(Erasure.request_id == DataRequest.id, DataRequest.user_id == User.id)
        .where(sa.or_(DataRequest.done_at.is_(None), Erasure.called_off_at > before))
        .correlate(User)
    )
