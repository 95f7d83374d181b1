"""What a participant should do now, in one sentence and one button."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.review.reviews.models import Review
from lms.work.credits.path import Step
from lms.work.credits.state import State
from lms.work.drafts.models import DraftField
from lms.work.submissions.models import Attempt

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
    next: Step | None
    last_edit: DraftField | None
    cards: list[Step]
    # What the tutor said of the works that came back, by the work's id.
    verdicts: dict[int, str]


def outlook(steps: Sequence[Step]) -> Outlook:
    """Choose the next step and what else deserves a card; at most two statements."""
    now = next_step(steps)
    return Outlook(
        headline=_headline(steps),
        next=now,
        last_edit=_last_edit(now),
        cards=_cards(steps),
        verdicts=_verdicts(steps),
    )


def next_step(steps: Sequence[Step]) -> Step | None:
    """Return what came back first, then what is due first, in the course's order."""
    greeting = [step for step in steps if step.needs_work]
    to_do = [step for step in greeting if step.position]
    returned = [step for step in greeting if step.state is State.RETURNED]
    return next(iter([*returned, *to_do, *greeting]), None)


def _headline(steps: Sequence[Step]) -> str:
    joined = sum(step.is_accepted for step in steps if step.position)
    if joined == 0:
        return "Путь начинается"
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
