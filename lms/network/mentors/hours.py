"""How much of a month a mentor has left."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.network.mentors.models import Mentor, MentorRequest

BUSY = "в этом месяце занят"


def spent_hours(mentors: Iterable[Mentor], month: date) -> dict[int, int]:
    """Return by mentor the hours that are promised in a month; one statement."""
    first = month.replace(day=1)
    after = (first + timedelta(days=31)).replace(day=1)
    rows: Any = db.session.execute(
        sa.select(MentorRequest.mentor_id, sa.func.sum(MentorRequest.hours))
        .where(MentorRequest.mentor_id.in_([one.id for one in mentors]))
        .where(MentorRequest.spent_on >= first, MentorRequest.spent_on < after)
        .group_by(MentorRequest.mentor_id)
    )
    return dict(rows.all())


def free_hours(mentors: Iterable[Mentor], month: date | None = None) -> dict[int, int]:
    """Return by mentor what is left of a month, of this one if none is named."""
    people = list(mentors)
    spent = spent_hours(people, month or today())
    return {one.id: max(0, one.hours_a_month - spent.get(one.id, 0)) for one in people}
