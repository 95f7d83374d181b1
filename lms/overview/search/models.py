"""The texts of the site as search knows them."""

import enum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.extensions import Model


class Kind(enum.Enum):
    """What a text is. The value is what people read above the results."""

    LESSON = "Занятия"
    WORK = "Работы"
    REMARK = "Замечания"
    MESSAGE = "Разговоры о работах"
    EDIT = "План школы"
    ACTION = "План и факт"
    DOCUMENT = "Файлы работ"


class Passage(Model):
    """One text with the places by which it is known who may see it.

    Kept, and nothing but a copy: `index.py` makes it of what people wrote. A row never
    changes; what was changed is removed and added again. Its words are searched by an
    index of the database's own (`words.py`).
    """

    __table_args__ = (
        sa.UniqueConstraint("kind", "source_id"),
        sa.Index("ix_passage_team", "team_id", "kind", "id"),
        sa.Index("ix_passage_person", "user_id", "kind", "id"),
        sa.Index("ix_passage_cohort", "cohort_id", "kind", "id"),
        sa.Index("ix_passage_kind", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind]
    # The row that it was made of.
    source_id: Mapped[int]
    cohort_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("cohort.id", ondelete="CASCADE")
    )
    team_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("team.id", ondelete="CASCADE")
    )
    user_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("user.id", ondelete="CASCADE")
    )
    submission_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("submission.id", ondelete="CASCADE"), index=True
    )
    module_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("module.id", ondelete="CASCADE")
    )
    text: Mapped[str] = mapped_column(sa.Text)
    # The stems of the text's words, in their order.
    words: Mapped[str] = mapped_column(sa.Text)
