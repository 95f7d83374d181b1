"""Loading a work for a page: found and visible, or the page does not exist."""

from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.schools.teams.models import Team
from lms.work.submissions.models import Submission
from lms.work.submissions.permissions import visible_submissions


def get_submission(submission_id: int) -> Submission:
    """Load a work that the current user may see, or answer 404."""
    query = visible_submissions(current_user).where(Submission.id == submission_id)
    live = joinedload(Submission.module).joinedload(Module.current_revision)
    return db.first_or_404(
        query.options(
            live,
            joinedload(Submission.revision),
            joinedload(Submission.team).joinedload(Team.school),
            joinedload(Submission.user),
            joinedload(Submission.cohort),
        )
    )
