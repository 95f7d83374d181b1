"""What people answered in self-checks."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
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

    revision: Mapped[Revision] = relationship()

    def chosen(self, question_id: int) -> set[int]:
        """Return the options that were chosen in a question."""
        return set(self.answers.get(str(question_id), []))
