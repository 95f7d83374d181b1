"""What other schools did with a card, and what they asked."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.network.practices.models.asked import Asked
from lms.network.practices.models.consent import OF_PRACTICE
from lms.network.practices.models.taken import Taken


class PracticeUse(Taken, Model):
    """A school has taken a practice, and says in a line what came of it."""

    __table_args__ = (sa.UniqueConstraint("practice_id", "school_id"),)

    practice_id: Mapped[int] = mapped_column(sa.ForeignKey("practice.id"))


personal(
    PracticeUse,
    "Практики, о которых вы сказали, что школа взяла их себе",
    Purpose.PLAN,
    of={"user_id": NAMELESS},
    told="practice_id said taken_at",
    words=OF_PRACTICE | {"said": "что вышло"},
    free="said",
    plain="id school_id told_at",
)


class PracticeQuestion(Asked, Model):
    """What somebody asks the team of a practice, and what it answers."""

    practice_id: Mapped[int] = mapped_column(sa.ForeignKey("practice.id"), index=True)


personal(
    PracticeQuestion,
    "Ваши вопросы и ответы о практиках",
    Purpose.PLAN,
    of={"asker_id": NAMELESS, "answered_by_id": NAMELESS},
    told="practice_id text asked_at answer answered_at",
    words=OF_PRACTICE,
    free="text answer",
    plain="id school_id form_key",
)
