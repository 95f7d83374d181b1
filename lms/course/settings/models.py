"""The revisions of the settings of the course."""

import functools
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from lms.core.database import Immutable, utcnow
from lms.core.extensions import Model
from lms.core.personal import NAMELESS, Ground, Purpose, personal
from lms.course.modules.models import CourseEdition
from lms.identity.accounts.models import REQUEST, User


class SettingsRevision(Immutable, Model):
    """One state of the settings; the newest one is in force."""

    id: Mapped[int] = mapped_column(primary_key=True)
    # Two admins who begin from the same revision both ask for the next number.
    number: Mapped[int] = mapped_column(unique=True)
    # `Settings` of lms/course/settings/settings.py as JSON.
    content: Mapped[dict[str, Any]]
    author_id: Mapped[int | None] = mapped_column(sa.ForeignKey("user.id"))
    created_at: Mapped[datetime] = mapped_column(default=utcnow)

    author: Mapped[User | None] = relationship()


personal(
    SettingsRevision,
    "Настройки курса, которые вы меняли",
    Purpose.SAFETY,
    of={"author_id": NAMELESS},
    of_staff=True,
    ground=Ground.INTEREST,
    told="number created_at",
    free="content",
    plain="id",
)


def stamp() -> sa.ColumnElement[str]:
    """Tell one state of the settings from another, in one text.

    A newer row has a larger id, whatever the clock says; the moments tell the
    database from another one, which a restored copy is.
    """
    rows = (SettingsRevision, CourseEdition)
    facts = (fact for row in rows for fact in (row.id, row.created_at))
    newest = (sa.select(sa.func.max(fact)).scalar_subquery() for fact in facts)
    texts = (sa.func.coalesce(sa.cast(one, sa.String), "") for one in newest)
    return functools.reduce(lambda text, one: text + " " + one, texts)


def _demands_factor() -> sa.ScalarSelect[bool]:
    demanded = SettingsRevision.content["second_factor"].as_boolean()
    newest = sa.select(demanded).order_by(SettingsRevision.number.desc()).limit(1)
    return newest.scalar_subquery()


# Whether tutors and admins have to sign in with a code.
User.__mapper__.add_property(
    "demands_factor",
    column_property(_demands_factor(), deferred=True, group=REQUEST),
)
# The foot of every page names the organiser, and no page asks for that by itself.
User.__mapper__.add_property(
    "settings_stamp", column_property(stamp(), deferred=True, group=REQUEST)
)
