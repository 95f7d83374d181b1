"""The texts of the site as search knows them."""

import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Mapped, mapped_column

from lms.core.backup.rows import DERIVED
from lms.core.extensions import Model
from lms.core.personal import DELETED, Purpose, personal


class Kind(enum.Enum):
    """What a text is. The value is what people read above the results."""

    LESSON = "Занятия"
    WORK = "Работы"
    REMARK = "Замечания"
    MESSAGE = "Разговоры о работах"
    EDIT = "План школы"
    ACTION = "План и факт"
    DOCUMENT = "Файлы работ"
    QUESTION = "Вопросы о занятиях"
    SHARED = "Общие ответы под занятиями"
    ANNOUNCEMENT = "Объявления"


class Lexemes(postgresql.TSVECTOR):
    """Words as PostgreSQL stores them for search, made once, when they are written."""

    def bind_expression(self, bindvalue: sa.BindParameter[Any]) -> Any:
        """Have the stems taken as they are; the database knows no endings."""
        simple: Any = sa.literal_column("'simple'::regconfig")
        return sa.func.to_tsvector(simple, sa.type_coerce(bindvalue, sa.Text))


class Passage(Model):
    """One text with the places by which it is known who may see it.

    Kept, and nothing but a copy: `index.py` makes it of what people wrote, so no backup
    has it. A row never changes; what was changed is removed and added again. Its words
    are searched by an index of the database's own (`words.py`). The numbers of what it
    was made of put passages of a kind in the order in which they were written.
    """

    __table_args__ = (
        sa.UniqueConstraint("kind", "source_id"),
        sa.Index("ix_passage_team", "team_id", "kind", "source_id"),
        sa.Index("ix_passage_person", "user_id", "kind", "source_id"),
        sa.Index("ix_passage_cohort", "cohort_id", "kind", "source_id"),
        {"info": {DERIVED: True}},
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
    # The stems of the text's words, in their order; compared, never read.
    words: Mapped[str] = mapped_column(
        sa.Text().with_variant(Lexemes(), "postgresql"), deferred=True
    )


personal(
    Passage,
    "Указатель поиска: слова из того, что вы писали",
    Purpose.STUDY,
    of={"user_id": DELETED},
    words={"text": "сами тексты", "words": "основы их слов"},
    names="text words",
    plain="id kind source_id cohort_id team_id submission_id module_id",
)
