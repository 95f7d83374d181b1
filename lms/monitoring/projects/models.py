"""Tables of a school's project: what was planned, what came of it, what was said."""

import enum
from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.periods import Quarter
from lms.core.personal import DELETED, NAMELESS, Purpose, impersonal, personal
from lms.identity.accounts.models import User


class EventKind(enum.Enum):
    """What an event is. The value is what people read."""

    MEETING = "встреча"
    TRAINING = "обучение"
    PROJECT = "проект"
    DOCUMENT = "документ"
    OTHER = "другое"


class Part(enum.Enum):
    """A tab of the project. The value is what people read."""

    RESULTS = "Результаты"
    EVENTS = "Мероприятия"
    RISKS = "Риски"
    QUARTER = "Квартал"


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
        *("done_on", "fact", "why_not", "correction"),
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


class RivalWords(Model):
    """What somebody else typed into the same field of a row at the same time."""

    __table_args__ = (sa.UniqueConstraint("kind", "row_id", "field", "author_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.String(20))
    row_id: Mapped[int]
    field: Mapped[str] = mapped_column(sa.String(40))
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    saved_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    RivalWords,
    "Проект школы: ваш второй вариант слов",
    Purpose.PLAN,
    of={"author_id": DELETED},
    told="text saved_at",
    free="text",
    plain="id kind row_id field",
)


class QuarterSnapshot(Immutable, Model):
    """The project as it was when its school closed a quarter."""

    __table_args__ = (sa.UniqueConstraint("project_id", "starts_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"))
    # The first day of the quarter.
    starts_on: Mapped[date]
    rows: Mapped[dict[str, Any]] = mapped_column(sa.JSON)
    taken_on: Mapped[date]
    taken_at: Mapped[datetime] = mapped_column(default=utcnow)
    taken_by_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))

    taken_by: Mapped[User] = relationship()

    @property
    def quarter(self) -> Quarter:
        return Quarter.of(self.starts_on)

    @property
    def title(self) -> str:
        return self.quarter.label


personal(
    QuarterSnapshot,
    "Кварталы проекта школы, которые вы закрыли",
    Purpose.TERRITORY,
    of={"taken_by_id": NAMELESS},
    told="project_id starts_on taken_at",
    free="rows",
    plain="id taken_on",
)


class ProjectComment(FromForm, Model):
    """What somebody said beside a tab of the project."""

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(sa.ForeignKey("project.id"), index=True)
    part: Mapped[Part]
    text: Mapped[str] = mapped_column(sa.Text)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    written_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User] = relationship()


personal(
    ProjectComment,
    "Ваши слова рядом с проектом школы",
    Purpose.PLAN,
    of={"author_id": NAMELESS},
    told="project_id text written_at",
    free="text",
    plain="id part form_key",
)
