"""What people answered in self-checks."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, Purpose, personal
from lms.course.modules.models import Revision


class QuizResult(FromForm, Immutable, Model):
    """One pass of a person through a self-check; the best one counts."""

    __table_args__ = (sa.Index("ix_quiz_result_person", "user_id", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"))
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id"))
    # Question number → chosen options, as the person sent them.
    answers: Mapped[dict[str, Any]]
    percent: Mapped[int]
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)
    # None: taken without a team, or before a person could be in several cohorts.
    cohort_id: Mapped[int | None] = mapped_column(sa.ForeignKey("cohort.id"))

    revision: Mapped[Revision] = relationship()

    @classmethod
    def counts_in(cls, cohort_id: Any) -> sa.ColumnElement[bool]:
        """Tell what counts in a cohort: what was taken there, or in none."""
        return sa.or_(cls.cohort_id == cohort_id, cls.cohort_id.is_(None))

    def chosen(self, question_id: int) -> set[int]:
        """Return the options that were chosen in a question."""
        return set(self.answers.get(str(question_id), []))


personal(
    QuizResult,
    "Ваши самопроверки",
    Purpose.STUDY,
    of={"user_id": DELETED},
    told="module_id cohort_id answers percent taken_at",
    words={"answers": "что вы выбрали: номер вопроса и номера ответов"},
    plain="id revision_id form_key",
)
