"""What a cohort is like today: the few numbers that stand first on its page."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from lms.core.charts import Chart
from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow, Cohort
from lms.identity.accounts.models import User
from lms.overview.progress.picture import picture_of_weeks
from lms.overview.progress.weeks import Week, changed_weeks, weeks_of
from lms.review.reviews.permissions import visible_works
from lms.work.submissions.models import Status, Submission


@dataclass(frozen=True)
class Summary:
    """When a cohort is, what waits there, and how far it is beside its calendar."""

    last_day: date | None
    next_due: CalendarRow | None
    waiting: int
    weeks: list[Week]

    @property
    def chart(self) -> Chart | None:
        return picture_of_weeks(self.weeks) if self.weeks else None

    @property
    def changed_weeks(self) -> list[Week]:
        return changed_weeks(self.weeks)

    @property
    def now(self) -> Week | None:
        """The week that runs, or the last one that did."""
        return next((week for week in reversed(self.weeks) if not week.is_ahead), None)


def summary_of(cohort: Cohort, viewer: User) -> Summary:
    """Sum up a cohort whose calendar is loaded; four statements."""
    waiting = (
        visible_works(viewer)
        .where(Submission.cohort_id == cohort.id, Submission.status == Status.WAITING)
        .with_only_columns(sa.func.count(Submission.id))
    )
    rows = [(row.due_on, row.position, row) for row in cohort.rows if row.due_on]
    ahead = [known for known in rows if known[0] >= today()]
    return Summary(
        max((known[0] for known in rows), default=None),
        min(ahead)[-1] if ahead else None,
        db.session.scalar(waiting) or 0,
        [] if cohort.is_planned else weeks_of(cohort, viewer),
    )
