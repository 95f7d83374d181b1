"""Who sees requests for more days, and who answers them."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge, sees_everything
from lms.review.deferrals.models import Deferral
from lms.review.reviews.permissions import works_in_charge, works_to_read_blind
from lms.work.submissions.models import Submission


def visible_deferrals(user: User) -> sa.Select[Deferral]:
    """Admins see every request, tutors those that they answer.

    An admin who is a tutor as well may have to read a work a second time: of that one
    nothing is shown until then.
    """
    is_theirs = sa.or_(sees_everything(user), _is_in_charge(user))
    return sa.select(Deferral).where(is_theirs, ~_is_kept(user))


def decidable_deferrals(user: User) -> sa.Select[Deferral]:
    """Return the requests about the works that a tutor judges.

    More days for a work that was sent tell that it came back, so a second reader
    reads it first.
    """
    return sa.select(Deferral).where(_is_in_charge(user), ~_is_kept(user))


def can_decide(user: User, deferral: Deferral) -> bool:
    """Only a tutor of the cohort answers; admins look but do not touch."""
    mine = decidable_deferrals(user).where(Deferral.id == deferral.id)
    return can_judge(user) and bool(db.session.scalar(sa.select(mine.exists())))


def _is_in_charge(user: User) -> sa.ColumnElement[bool]:
    works = works_in_charge(user).with_only_columns(Submission.id)
    return Deferral.submission_id.in_(works)


def _is_kept(user: User) -> sa.ColumnElement[bool]:
    return Deferral.submission_id.in_(works_to_read_blind(user))
