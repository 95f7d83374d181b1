"""Lists of people that were uploaded."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.database import utcnow
from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import DELETED, Purpose, Term, personal
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User


class Enrolment(FromForm, Model):
    """An uploaded list: nothing of it happens before it is confirmed, once.

    What people typed about others is kept only as long as it is needed: after the
    confirmation only the lines that were refused stay, to be corrected.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    cohort_id: Mapped[int] = mapped_column(sa.ForeignKey("cohort.id"), index=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    name: Mapped[str] = mapped_column(sa.String(200))
    # `[number, cells]` of each line of the file (lms/schools/enrolments/tables.py).
    lines: Mapped[list[Any]]
    # The number of the line with the headings, 0 when there is none, and in which
    # cells of a line each column stands: nowhere until somebody has chosen.
    header: Mapped[int] = mapped_column(default=0)
    places: Mapped[dict[str, Any]] = mapped_column(default=dict)
    # What stands in no column, being the same in all lines, by the key of a column.
    for_all: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    # `[name, place, label]` by the key of a school that is another one, as was said.
    same_schools: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ignored: Mapped[list[Any]]
    created_at: Mapped[datetime] = mapped_column(default=utcnow)
    confirmed_at: Mapped[datetime | None]
    # `[number, cells, reason]` of each line that was refused at the confirmation.
    refused: Mapped[list[Any]] = mapped_column(default=list)
    # How many lines had which verdict then.
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    cohort: Mapped[Cohort] = relationship()
    author: Mapped[User] = relationship()

    @property
    def is_understood(self) -> bool:
        """Tell whether it is known what the columns are."""
        return bool(self.places)

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


personal(
    Enrolment,
    "Списки людей, которые вы загружали",
    Purpose.LETTERS,
    of={"author_id": DELETED},
    of_staff=True,
    term=Term.NIGHTLY,
    told="cohort_id name created_at confirmed_at",
    names="lines refused",
    free="ignored for_all",
    plain="id header places same_schools counts form_key",
)
