"""Rows of a school's project: what was planned, and what came of it."""

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, impersonal, personal
from lms.monitoring.projects.models.kinds import EventKind
from lms.network.partners.models import Partner, cards_among


class Project(Model):
    """What a school does in a cohort; its teams come and go."""

    __table_args__ = (sa.UniqueConstraint("cohort_id", "school_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(sa.ForeignKey("school.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"))


impersonal(Project, "id school_id cohort_id", called="school_id")


class ProjectRow(FromForm):
    """A row that people edit together; a removed one stays, for quarters name it."""

    # What people type into it; the first of them is what the row is called.
    WORDS: ClassVar[tuple[str, ...]]

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))

    @property
    def title(self) -> str:
        title: str = getattr(self, self.WORDS[0])
        return title


class ProjectTask(ProjectRow, Model):
    """A task, the result that was planned for it, and the one that was achieved."""

    WORDS = ("text", "stage", "planned", "achieved", "correction", "extra")

    text: Mapped[str] = mapped_column(sa.String(300))
    stage: Mapped[str] = mapped_column(sa.String(100), default="")
    planned: Mapped[str] = mapped_column(sa.Text, default="")
    achieved: Mapped[str] = mapped_column(sa.Text, default="")
    correction: Mapped[str] = mapped_column(sa.Text, default="")
    extra: Mapped[str] = mapped_column(sa.Text, default="")


personal(
    ProjectTask,
    "Строки проекта школы, которые вы убрали",
    Purpose.PLAN,
    of={"removed_by_id": NAMELESS},
    told="text removed_at",
    free="text stage planned achieved correction extra",
    plain="id project_id version form_key",
)


class Event(ProjectRow, Model):
    """What, who, when, and held or why not: also a line of the plan's «План и факт».

    Without `due_on` it was in no plan and is there because it was held.
    """

    __tablename__ = "plan_action"
    WORDS = (
        *("what", "who", "due_on", "kind", "task_id"),
        *("partners", "done_on", "fact", "why_not", "correction"),
    )

    # Whose page it was added on.
    team_id: Mapped[int] = mapped_column(sa.ForeignKey("team.id"), index=True)
    what: Mapped[str] = mapped_column(sa.String(300))
    who: Mapped[str] = mapped_column(sa.String(200))
    due_on: Mapped[date | None]
    kind: Mapped[EventKind] = mapped_column(default=EventKind.OTHER)
    task_id: Mapped[int | None] = mapped_column(sa.ForeignKey("project_task.id"))
    done_on: Mapped[date | None]
    fact: Mapped[str] = mapped_column(sa.Text, default="")
    why_not: Mapped[str] = mapped_column(sa.String(500), default="")
    correction: Mapped[str] = mapped_column(sa.Text, default="")
    # When the team said that it was not held, and when what to do about it.
    missed_on: Mapped[date | None]
    corrected_on: Mapped[date | None]
    # The accepted work that offered it, and the mark of the line there.
    source_attempt_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("attempt.id"), index=True
    )
    source_line: Mapped[str] = mapped_column(sa.String(16), default="")

    partners: Mapped[list[Partner]] = relationship(
        secondary="plan_action_partner", order_by=Partner.name_key
    )

    @property
    def cards(self) -> list[Partner]:
        """Return with whom it is held, each under the card that stays."""
        return cards_among(self.partners)

    @property
    def together(self) -> list[str]:
        """Name them."""
        return [card.name for card in self.cards]


class EventPartner(Model):
    """A partner of the school takes part in an event (001:116)."""

    __tablename__ = "plan_action_partner"

    event_id: Mapped[int] = mapped_column(
        sa.ForeignKey("plan_action.id"), primary_key=True
    )
    partner_id: Mapped[int] = mapped_column(
        sa.ForeignKey("partner.id"), primary_key=True, index=True
    )


impersonal(EventPartner, "event_id partner_id", called="event_id")
personal(
    Event,
    "Строки проекта школы, которые вы убрали",
    Purpose.PLAN,
    of={"removed_by_id": NAMELESS},
    told="what removed_at",
    free="what who fact why_not correction",
    plain=(
        "id project_id version form_key team_id due_on kind task_id done_on "
        "missed_on corrected_on source_attempt_id source_line"
    ),
    called="what",
)


class Risk(ProjectRow, Model):
    """What may go wrong, or went wrong without having been foreseen."""

    WORDS = ("text", "is_planned", "came_on", "measure", "correction")

    text: Mapped[str] = mapped_column(sa.String(300))
    is_planned: Mapped[bool] = mapped_column(default=True)
    came_on: Mapped[date | None]
    measure: Mapped[str] = mapped_column(sa.Text, default="")
    correction: Mapped[str] = mapped_column(sa.Text, default="")


personal(
    Risk,
    "Строки проекта школы, которые вы убрали",
    Purpose.PLAN,
    of={"removed_by_id": NAMELESS},
    told="text removed_at",
    free="text measure correction",
    plain="id project_id version form_key is_planned came_on",
)
