"""What the letter of the day says to a tutor of the queue."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import plural, today
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.overview.digest.talks import Line
from lms.review.reviews.permissions import reviewable_works
from lms.work.submissions.models import Status, Submission


def lines_of_queue(person: User) -> list[Line]:
    """Count what waits for a tutor."""
    if not can_judge(person):
        return []
    late = sa.func.count().filter(Submission.due_on < today())
    waiting, overdue = db.session.execute(
        reviewable_works(person)
        .where(Submission.status == Status.WAITING)
        .with_only_columns(sa.func.count(Submission.id), late)
    ).one()
    if not waiting:
        return []
    text = plural(waiting, "работа ждёт", "работы ждут", "работ ждут") + " решения"
    if overdue == waiting:
        text += ", " + ("её срок прошёл" if waiting == 1 else "срок прошёл у всех")
    elif overdue:
        works = plural(overdue, "работа", "работы", "работ")
        text += f", из них {works} с прошедшим сроком"
    return [Line(text, site_link("reviews.queue"))]
