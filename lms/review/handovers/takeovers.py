"""Taking a work over: what a lead tutor does when a colleague does not come back."""

import logging

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.review.reviews.drafts import share_drafts
from lms.review.reviews.leases import TERM, lease_of, move_lease
from lms.review.reviews.pending import refuse_decided
from lms.work.submissions.models import Submission
from lms.work.submissions.services import lock_work

logger = logging.getLogger(__name__)

FINISHING = "Коллега как раз заканчивает проверку. Попробуйте через минуту."


def take_over(submission: Submission, *, lead: User) -> None:
    """Take a work off a colleague's desk, with what is typed there so far."""
    lease = lease_of(submission)
    if lease is None:
        raise RuleError("Работа уже свободна: возьмите её как обычно.")
    holder = lease.tutor
    lock_work(submission)
    refuse_decided(submission, FINISHING)
    if not move_lease(submission, holder, to=lead, term=TERM):
        raise RuleError("Работа перешла к другому тьютору. Посмотрите, у кого она.")
    share_drafts([submission.id], holder, lead)
    record(lead.id, "проверка забрана", submission, before={"у кого": holder.full_name})
    db.session.commit()
    logger.info("submission %s: taken over by user %s", submission.id, lead.id)
