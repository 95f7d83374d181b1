"""What a participant should do now, in one sentence and one button."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.language import today
from lms.review.reviews.models import Review
from lms.work.credits.path import Step
from lms.work.credits.state import State
from lms.work.drafts.models import DraftField
from lms.work.submissions.models import Attempt

# So long somebody who came into a team finds their way in.
NEWCOMER = timedelta(days=7)
BEGINNING = "Путь начинается"
NUMERALS = [
    "ни одного",
    "одно",
    "два",
    "три",
    "четыре",
    "пять",
    "шесть",
    "семь",
    "восемь",
    "девять",
]


@dataclass(frozen=True)
class Outlook:
    """What stands on top of the start page of a participant."""

    headline: str
    # Nothing has opened yet: the lesson with which the course begins.
    first: Step | None
    next: Step | None
    # What to read before anything is written.
    lesson: Step | None
    # Came a few days ago: finds their way in.
    is_newcomer: bool
    last_edit: DraftField | None
    cards: list[Step]
    # What the tutor said of the works that came back, by the work's id.
    verdicts: dict[int, str]

    @property
    def is_beginning(self) -> bool:
        """Tell whether the people of the team are still finding each other."""
        return self.is_newcomer or self.headline == BEGINNING


def outlook(steps: Sequence[Step]) -> Outlook:
    """Choose the next step and what else deserves a card; at most two statements."""
    now = next_step(steps)
    return Outlook(
        headline=_headline(steps),
        first=_first(steps),
        next=now,
        lesson=_lesson(steps, now),
        is_newcomer=any(_is_newcomer(step) for step in steps),
        last_edit=_last_edit(now),
        cards=_cards(steps),
        verdicts=_verdicts(steps),
    )


def next_step(steps: Sequence[Step]) -> Step | None:
    """Return what came back, else what the certificate asks for, else what is left."""
    to_do = [step for step in steps if step.needs_work]
    returned = [step for step in to_do if step.state is State.RETURNED]
    required = [step for step in to_do if step.is_required]
    by_choice = sorted(to_do, key=lambda step: step.position == 0)
    return next(iter([*returned, *required, *by_choice]), None)


def _lesson(steps: Sequence[Step], now: Step | None) -> Step | None:
    """Return the lesson to read first: nothing is begun yet, or the person is new.

    Who is new and has nothing to write begins with the first lesson that is open.
    """
    if now is None:
        unread = (step for step in steps if step.is_open and not step.is_read)
        return next((step for step in unread if _is_newcomer(step)), None)
    is_begun = now.submission is not None
    if now.is_read or (is_begun and not _is_newcomer(now)):
        return None
    return now


def _is_newcomer(step: Step) -> bool:
    return step.joined_on is not None and today() - step.joined_on < NEWCOMER


def _first(steps: Sequence[Step]) -> Step | None:
    if any(step.state is not State.LOCKED for step in steps):
        return None
    return min(steps, key=lambda step: step.opens_on, default=None)


def _headline(steps: Sequence[Step]) -> str:
    joined = sum(step.is_accepted for step in steps if step.position)
    if joined == 0:
        return BEGINNING
    return f"Собрано {NUMERALS[min(joined, 9)]} из девяти"


def _cards(steps: Sequence[Step]) -> list[Step]:
    """Everything under way, and the first module that will open."""
    under_way = {State.RETURNED, State.DISPUTED, State.DRAFT, State.WAITING}
    cards = [step for step in steps if step.state in under_way]
    cards += [step for step in steps if step.state is State.OPEN and step.position]
    cards += [step for step in steps if step.state is State.LOCKED][:1]
    return cards


def _last_edit(step: Step | None) -> DraftField | None:
    if step is None or step.submission is None:
        return None
    return db.session.scalar(
        sa.select(DraftField)
        .where(DraftField.submission_id == step.submission.id)
        .order_by(DraftField.saved_at.desc())
        .limit(1)
        .options(joinedload(DraftField.author))
    )


def _verdicts(steps: Sequence[Step]) -> dict[int, str]:
    returned = [
        step.submission.id
        for step in steps
        if step.state in {State.RETURNED, State.DISPUTED} and step.submission
    ]
    if not returned:
        return {}
    rows = db.session.execute(
        sa.select(Attempt.submission_id, Review.summary)
        .join(Review, Review.attempt_id == Attempt.id)
        .where(Attempt.submission_id.in_(returned))
        .order_by(Attempt.number)
    )
    return dict(rows.all())
