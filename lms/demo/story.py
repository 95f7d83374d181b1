"""What happened in the demonstration before the visitor came."""

from collections.abc import Iterable
from datetime import date, timedelta
from io import BytesIO

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.course.content.assignment import Assignment
from lms.course.content.tutor import Sample, TutorGuide
from lms.course.modules.contents import content_of
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.review.deferrals.models import Deferral
from lms.review.deferrals.services import ask
from lms.review.reviews.checklist import returned_checklist
from lms.review.reviews.judgement import Judgement, Mark
from lms.review.reviews.leases import take
from lms.review.reviews.models import Review, Verdict
from lms.review.reviews.services import release_review, reviews_of
from lms.schools.teams.models import Team
from lms.work.credits.models import Credit
from lms.work.drafts.files import add_file
from lms.work.drafts.models import DraftField
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.models import Attempt, Submission, Withdrawal
from lms.work.submissions.services import attempts_of, start_submission
from lms.work.ticks.models import Tick
from lms.work.ticks.services import tick


def practice_of(module: Module) -> tuple[Assignment, TutorGuide]:
    """Return the assignment of a module and what tutors learn by."""
    content = content_of(module.current_revision) if module.current_revision else None
    if content is None or content.assignment is None or content.tutor is None:
        raise LookupError(f"{module.slug} has no assignment with a guide for tutors")
    return content.assignment, content.tutor


def sample_of(module: Module, verdict: str) -> Sample:
    """Return the accepted or the returned sample answer."""
    _, guide = practice_of(module)
    return next(sample for sample in guide.samples if sample.verdict == verdict)


class TeamStory:
    """A team that goes through the course; `members[0]` is its captain."""

    def __init__(self, team: Team, members: list[User], tutor: User) -> None:
        self.team, self.members, self.tutor = team, members, tutor

    def begin(self, module: Module, *, author: User | None = None) -> Submission:
        """Begin a work, or return the one begun."""
        person = author or self.members[0]
        return start_submission(module, user=person, team=self.team)

    def write(self, module: Module, verdict: str) -> Submission:
        """Write a sample answer into the draft; members take turns."""
        work = self.begin(module)
        for turn, (key, text) in enumerate(sample_of(module, verdict).answers.items()):
            author = self.members[turn % len(self.members)]
            draft = db.session.get(DraftField, (work.id, key))
            save_field(
                work,
                key,
                text,
                base_version=draft.version if draft else 0,
                author=author,
            )
        return work

    def attach(self, module: Module, name: str, content: bytes) -> None:
        """Put a file to the draft, which is sent with the text."""
        add_file(self.begin(module), BytesIO(content), name, author=self.members[0])

    def send(self, module: Module, verdict: str, *, days_ago: float) -> Attempt:
        """Write a sample answer and send it, some days ago."""
        work = self.write(module, verdict)
        attempt = send_attempt(work, author=self.members[0])
        moment = utcnow() - timedelta(days=days_ago)
        backdate(Attempt, "id", attempt.id, sent_at=moment)
        backdate(Submission, "id", work.id, sent_at=moment)
        backdate(DraftField, "submission_id", work.id, saved_at=moment)
        return attempt

    def take_back(self, module: Module, *, days_ago: float) -> None:
        """Send an answer too early and take it back an hour later."""
        attempt = self.send(module, "returned", days_ago=days_ago)
        withdraw_attempt(attempt.submission, attempt.number, member=self.members[0])
        moment = attempt.sent_at + timedelta(hours=1)
        backdate(Withdrawal, "attempt_id", attempt.id, withdrawn_at=moment)

    def accept(self, module: Module, *, days_ago: float) -> None:
        """Send a good answer and have it accepted two days later."""
        attempt = self.send(module, "accepted", days_ago=days_ago)
        self.judge(attempt, module, "accepted", days_ago=days_ago - 2)

    def give_back(self, module: Module, *, days_ago: float) -> None:
        """Send a weak answer and have it returned a day later.

        The review moved the due date from today, so it goes back to the calendar's.
        """
        attempt = self.send(module, "returned", days_ago=days_ago)
        work_id, due_on = attempt.submission_id, attempt.submission.due_on
        self.judge(attempt, module, "returned", days_ago=days_ago - 1)
        backdate(Submission, "id", work_id, due_on=due_on)

    def tick(self, module: Module, *, but: int, days_ago: float) -> None:
        """Tick what the tutor asked for, but for the last lines; members take turns."""
        attempts = attempts_of(self.begin(module))
        checklist = returned_checklist(attempts, reviews_of(attempts))
        items = checklist.items if checklist else []
        for turn, item in enumerate(items[: len(items) - but]):
            tick(attempts[0], item.key, member=self.members[turn % len(self.members)])
        moment = utcnow() - timedelta(days=days_ago)
        backdate(Tick, "attempt_id", attempts[0].id, ticked_at=moment)

    def ask_for_days(self, module: Module, *, days: int, reason: str) -> Deferral:
        """Ask that a work be due later."""
        work = self.begin(module)
        later = max(work.due_on or today(), today()) + timedelta(days=days)
        return ask(work, wanted_on=later, reason=reason, member=self.members[0])

    def judge(
        self, attempt: Attempt, module: Module, verdict: str, *, days_ago: float
    ) -> None:
        """Review an attempt by the levels of its sample."""
        accepted = verdict == "accepted"
        judgement = Judgement(
            _marks(module, verdict),
            "Работа стоит на том, что сделано, а не на намерениях. Зачтено."
            if accepted
            else "Основа есть. Ответьте на замечания по критериям и пришлите снова.",
        )
        take(attempt.submission, tutor=self.tutor)
        review = release_review(
            attempt,
            judgement,
            verdict=Verdict.ACCEPTED if accepted else Verdict.RETURNED,
            tutor=self.tutor,
        )
        moment = utcnow() - timedelta(days=days_ago)
        backdate(Review, "id", review.id, released_at=moment)
        work_id = attempt.submission_id
        backdate(Credit, "submission_id", work_id, credited_at=moment)

    def check_themselves(
        self,
        modules: Iterable[Module],
        percent: int,
        *,
        people: Iterable[User] | None = None,
    ) -> None:
        """Have every member, or some, pass the self-checks of some modules."""
        members = self.members if people is None else list(people)
        db.session.add_all(
            QuizResult(
                user_id=member.id,
                module_id=module.id,
                revision_id=module.current_revision_id,
                answers={},
                percent=percent,
                cohort_id=self.team.cohort_id,
            )
            for module in modules
            if module.current_revision and module.current_revision.has_quiz
            for member in members
        )
        db.session.commit()


def _marks(module: Module, verdict: str) -> dict[str, Mark]:
    """Turn the levels of a sample into marks with the ready remarks of the bank."""
    assignment, guide = practice_of(module)
    sample = sample_of(module, verdict)
    remarks = {remark.criterion: remark.text for remark in guide.remarks}
    marks = {}
    for criterion in assignment.rubric:
        points = sample.levels[criterion.key]
        weak = points < criterion.max_points and verdict == "returned"
        text = remarks.get(criterion.key, "").strip() if weak else ""
        marks[criterion.key] = Mark(points, text)
    return marks


def backdate(model: type, column: str, value: int, **moments: date | None) -> None:
    """Move moments into the past; only a demonstration may rewrite history."""
    table = model.__table__  # type: ignore[attr-defined]
    rows = sa.update(table).where(table.c[column] == value)
    db.session.execute(rows.values(**moments))
    db.session.commit()
    db.session.expire_all()
