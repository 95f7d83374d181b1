"""Works in every state, as teams and tutors would have made them."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.review.reviews.judgement import Judgement, Mark
from lms.review.reviews.models import Verdict
from lms.review.reviews.services import release_review
from lms.schools.teams.models import School, Team
from lms.work.drafts import sending
from lms.work.drafts import services as drafts
from lms.work.submissions.models import Attempt, Status, Submission
from lms.work.submissions.services import attempts_of, start_submission
from tests.conftest import save

TEXTS = {"zaprosy": "Пятеро хотят **шить**.", "pary": "Швея и двое ребят."}


def send(module, author, team, **texts):
    """Write the answer of a team and send it; return the attempt."""
    work = start_submission(module, user=author, team=team)
    for key, text in (TEXTS | texts).items():
        draft = db.session.get(drafts.DraftField, (work.id, key))
        version = draft.version if draft else 0
        drafts.save_field(work, key, text, base_version=version, author=author)
    return sending.send_attempt(work, author=author)


def judged(svyaz=3, pary=2, summary="Хорошо.", remark=""):
    """What a tutor says; by default enough for «зачтено»."""
    return Judgement({"svyaz": Mark(svyaz, remark), "pary": Mark(pary)}, summary)


def accept(attempt, tutor):
    """Release the best review."""
    return release_review(attempt, judged(), verdict=Verdict.ACCEPTED, tutor=tutor)


def send_back(attempt, tutor, summary="Назовите запросы."):
    """Release a review that asks for more."""
    judgement = judged(svyaz=0, summary=summary)
    return release_review(attempt, judgement, verdict=Verdict.RETURNED, tutor=tutor)


def newest(work):
    """Return the attempt that was sent last."""
    return attempts_of(work)[0]


def crowd(module, cohort, author, size):
    """Put works of as many schools into the queue, the first one waiting longest."""
    now = utcnow()
    works = []
    for number in range(size):
        school = School(name=f"Школа {number}", municipality="Бердск")
        team = Team(school=school, cohort=cohort, name="Исток")
        sent_at = now - timedelta(days=30, minutes=-number)
        work = Submission(
            cohort=cohort,
            module=module,
            team=team,
            status=Status.WAITING,
            sent_at=sent_at,
        )
        attempt = Attempt(
            submission=work,
            number=1,
            revision_id=module.current_revision_id,
            fields=[],
            sent_by=author,
            sent_at=sent_at,
        )
        works.append(work)
        db.session.add_all([work, attempt])
    db.session.commit()
    return works


def overdue(work, days=3):
    """Let the due day of a work pass."""
    work.due_on = today() - timedelta(days=days)
    return save(work)
