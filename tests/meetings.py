"""Meetings for tests: one that was held, and who was called to it."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.schools.meetings.models import Meeting, MeetingKind
from tests.conftest import save


def held(cohort, tutor, *, days=1, minutes=60, **facts):
    """A meeting that was held some days ago; people were in their teams before it."""
    starts_at = utcnow().replace(microsecond=0) - timedelta(days=days)
    kind = facts.pop("kind", MeetingKind.WEBINAR)
    facts = {"title": "Вебинар", "kind": kind, "minutes": minutes} | facts
    return save(
        Meeting(
            cohort_id=cohort.id, created_by_id=tutor.id, starts_at=starts_at, **facts
        )
    )


def joined_before(*people):
    """Have people joined their teams long before any meeting."""
    from lms.schools.teams.models import Membership

    for row in db.session.query(Membership).filter(
        Membership.user_id.in_([one.id for one in people])
    ):
        row.joined_at = utcnow() - timedelta(days=90)
    db.session.commit()
