"""The bank of ready remarks."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from lms.core.extensions import Model
from lms.core.form_keys import FromForm
from lms.core.personal import NAMELESS, Purpose, personal
from lms.course.modules.models import Module
from lms.identity.accounts.models import User


class BankRemark(FromForm, Model):
    """A ready remark of one tutor for one criterion; colleagues see a shared one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    module_id: Mapped[int] = mapped_column(sa.ForeignKey("module.id"), index=True)
    criterion: Mapped[str] = mapped_column(sa.String(60))
    owner_id: Mapped[int] = mapped_column(sa.ForeignKey("user.id"))
    is_shared: Mapped[bool] = mapped_column(default=False)
    # What a tutor recognises in the list.
    title: Mapped[str] = mapped_column(sa.String(80))
    # What the team reads.
    text: Mapped[str] = mapped_column(sa.Text)

    module: Mapped[Module] = relationship()
    owner: Mapped[User] = relationship()


personal(
    BankRemark,
    "Ваши готовые замечания",
    Purpose.REVIEW,
    of={"owner_id": NAMELESS},
    of_staff=True,
    told="module_id title text is_shared",
    free="title text",
    plain="id criterion form_key",
)
