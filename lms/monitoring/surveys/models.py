"""Surveys, who has answered them, and – apart from that – what was answered."""

import secrets
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.language import course_day, today
from lms.core.personal import DELETED, Purpose, impersonal, personal
from lms.course.cohorts.models import Cohort

# SQLite numbers the rows of a table in the order in which they came; not here.
UNNUMBERED = {"sqlite_with_rowid": False}


class SurveyEdition(Immutable, Model):
    """One state of `surveys/<slug>.md`; a cohort that begins takes the newest one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(sa.String(60), index=True)
    title: Mapped[str] = mapped_column(sa.String(200))
    # The slug of the lesson after which it is asked; None: the file was taken away.
    after_module: Mapped[str | None] = mapped_column(sa.String(60))
    content_hash: Mapped[str] = mapped_column(sa.String(64))
    # `Survey` of lms/course/content/survey.py as JSON.
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)


impersonal(
    SurveyEdition,
    "id slug title after_module content_hash content created_at",
    called="title",
)


class SurveyRound(Model):
    """A survey in one cohort: whoever answers first sets its text and last day."""

    __table_args__ = (
        sa.UniqueConstraint("cohort_id", "slug", name="uq_survey_round_cohort_slug"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"))
    slug: Mapped[str] = mapped_column(sa.String(60))
    edition_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_edition.id"))
    closes_on: Mapped[date]
    # When the cohort ended before that day; one that goes on does not open it again.
    closed_at: Mapped[datetime | None]

    cohort: Mapped[Cohort] = relationship()
    edition: Mapped[SurveyEdition] = relationship()

    @property
    def is_over(self) -> bool:
        """Tell whether nobody can answer any more; figures are told from then on."""
        return self.closed_at is not None or self.closes_on < today()

    @property
    def last_day(self) -> date:
        """Return the day on which it ended, or will."""
        return course_day(self.closed_at) if self.closed_at else self.closes_on


impersonal(
    SurveyRound, "id cohort_id slug edition_id closes_on closed_at", called="edition_id"
)


class Respondent(Model):
    """A person who has answered a survey; what they said is not here."""

    __tablename__ = "survey_respondent"
    __table_args__ = (UNNUMBERED,)

    round_id: Mapped[int] = mapped_column(
        sa.ForeignKey("survey_round.id"), primary_key=True
    )
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"), primary_key=True)


personal(
    Respondent,
    "В каких опросах вы ответили (что именно, не хранится с именем)",
    Purpose.OUTCOME,
    of={"user_id": DELETED},
    told="round_id",
)


class Reply(Model):
    """The marks that somebody of a school has given; no person, no time, no order."""

    __tablename__ = "survey_reply"
    __table_args__ = (sa.Index("ix_survey_reply_round_id", "round_id"), UNNUMBERED)

    id: Mapped[str] = mapped_column(
        sa.String(32), primary_key=True, default=lambda: secrets.token_hex(16)
    )
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_round.id"))
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"))
    # Key of a scale → 1 to 5.
    marks: Mapped[dict[str, Any]]


impersonal(Reply, "id round_id school_id marks")


class Words(Model):
    """What somebody of a cohort has written; not even the school is known."""

    __tablename__ = "survey_words"
    __table_args__ = (sa.Index("ix_survey_words_round_id", "round_id"), UNNUMBERED)

    id: Mapped[str] = mapped_column(
        sa.String(32), primary_key=True, default=lambda: secrets.token_hex(16)
    )
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("survey_round.id"))
    text: Mapped[str] = mapped_column(sa.Text)


impersonal(Words, "id round_id", free="text")
