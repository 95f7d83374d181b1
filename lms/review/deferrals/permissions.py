"""Who sees requests for more days, and who answers them."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.review.deferrals.models import Deferral
from lms.review.reviews.permissions import works_in_charge, works_to_read_blind
from lms.work.submissions.models import Submission


def visible_deferrals(user: User) -> sa.Select[Deferral]:
    """Admins see every request, tutors those that they answer."""
    return sa.select(Deferral) if user.is_admin else decidable_deferrals(user)


def decidable_deferrals(user: User) -> sa.Select[Deferral]:
    """Return the requests about the works that a tutor judges.

    More days for a work that was sent tell that it came back, so a second reader
    reads it first.
    """
    works = works_in_charge(user).with_only_columns(Submission.id)
    works = works.where(Submission.id.not_in(works_to_read_blind(user)))
    return sa.select(Deferral).where(Deferral.submission_id.in_(works))


def can_decide(user: User, deferral: Deferral) -> bool:
    """Only a tutor of the cohort answers; admins look but do not touch."""
    mine = decidable_deferrals(user).where(Deferral.id == deferral.id)
    return user.is_tutor and bool(db.session.scalar(sa.select(mine.exists())))
