"""The card of a practice."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Module
from lms.network.practices.models.kinds import (
    ContactKind,
    Hands,
    Money,
    Part,
    Place,
    PracticeState,
    Size,
    Time,
)
from lms.schools.teams.models import Team
from lms.work.submissions.models import Attempt


class Practice(Model):
    """A card made of one accepted attempt; an attempt has one at most."""

    __table_args__ = (sa.Index("ix_practice_bank", "state", "module_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    attempt_id: Mapped[int] = mapped_column(sa.ForeignKey("attempt.id"), unique=True)
    # As it was called when the team was asked; a school may be renamed.
    school_name: Mapped[str] = mapped_column(sa.String(200))
    municipality: Mapped[str] = mapped_column(sa.String(120))
    title: Mapped[str] = mapped_column(sa.String(120))
    what: Mapped[str] = mapped_column(sa.Text, default="")
    how: Mapped[str] = mapped_column(sa.Text, default="")
    result: Mapped[str] = mapped_column(sa.Text, default="")
    failed: Mapped[str] = mapped_column(sa.Text, default="")
    for_whom: Mapped[str] = mapped_column(sa.Text, default="")
    resources: Mapped[str] = mapped_column(sa.Text, default="")
    place: Mapped[Place | None]
    size: Mapped[Size | None]
    time: Mapped[Time | None]
    money: Mapped[Money | None]
    hands: Mapped[Hands | None]
    contact_kind: Mapped[ContactKind] = mapped_column(default=ContactKind.QUESTIONS)
    # Words that look like names, which the captain has looked at one by one.
    confirmed: Mapped[list[Any]] = mapped_column(default=list)
    state: Mapped[PracticeState] = mapped_column(default=PracticeState.DRAFT)
    # Counts the texts that people were asked to agree to.
    version: Mapped[int] = mapped_column(default=1)
    asked_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    asked_at: Mapped[datetime | None]
    editor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    # Why it came back, for the team.
    note: Mapped[str] = mapped_column(sa.Text, default="")
    # The first time; since then its address may be known to anybody.
    published_at: Mapped[datetime | None]
    # The stems of what the public reads, each between spaces; searched, never read.
    words: Mapped[str] = mapped_column(sa.Text, default="", deferred=True)

    team: Mapped[Team] = relationship()
    module: Mapped[Module] = relationship()
    attempt: Mapped[Attempt] = relationship()

    def text_of(self, part: Part) -> str:
        """Return the words of one field."""
        text: str = getattr(self, part.column)
        return text

    @property
    def is_public(self) -> bool:
        return self.state is PracticeState.PUBLISHED

    @property
    def was_public(self) -> bool:
        """Tell what once stood in the bank and stands there no more."""
        return self.published_at is not None and not self.is_public

    @property
    def takes_questions(self) -> bool:
        return self.contact_kind is not ContactKind.NONE

    @property
    def costs(self) -> list[str]:
        """Say what it took, in the words of the filters."""
        return [one.value for one in (self.time, self.money, self.hands) if one]

    @property
    def facts(self) -> list[str]:
        """Say what it took and what school it was, in the words of the filters."""
        school = [one.value for one in (self.place, self.size) if one]
        return [*self.costs, *school]


personal(
    Practice,
    "Карточки банка практик, которые вы показали авторам",
    Purpose.PLAN,
    of={"asked_by_id": NAMELESS},
    told="title asked_at",
    others="editor_id",
    free="what how result failed for_whom resources note words confirmed",
    plain=(
        "id team_id module_id attempt_id school_name municipality place size time "
        "money hands contact_kind state version published_at"
    ),
    called="title",
)
