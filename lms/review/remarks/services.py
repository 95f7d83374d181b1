"""Finding a ready remark, and keeping one for later."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.names import short_name
from lms.course.modules.contents import content_of
from lms.course.modules.models import Revision
from lms.identity.accounts.models import User
from lms.review.remarks.models import BankRemark
from lms.review.remarks.permissions import visible_remarks

logger = logging.getLogger(__name__)

MAX_TEXT = 4000
MAX_TITLE = 80


@dataclass(frozen=True)
class ReadyRemark:
    """A remark to be put in: from the module's own guide, mine, or a colleague's."""

    key: str
    criterion: str
    title: str
    text: str
    source: str


def ready_remarks(revision: Revision, tutor: User) -> list[ReadyRemark]:
    """Return what may be put in beside an answer to this revision, mine first."""
    bank = db.session.scalars(
        visible_remarks(tutor)
        .where(BankRemark.module_id == revision.module_id)
        .order_by(BankRemark.owner_id != tutor.id, BankRemark.title, BankRemark.id)
        .options(joinedload(BankRemark.owner))
    )
    return [*(_from_bank(remark, tutor) for remark in bank), *_from_guide(revision)]


def find_remark(remarks: Iterable[ReadyRemark], key: str) -> ReadyRemark:
    """Return one of the ready remarks, unless it has gone from the bank."""
    for remark in remarks:
        if remark.key == key:
            return remark
    raise RuleError("Этого готового замечания больше нет. Обновите страницу.")


def keep_remark(
    module_id: int,
    criterion: str,
    text: str,
    *,
    owner: User,
    form_key: str | None = None,
) -> BankRemark:
    """Keep a remark for later; its first words are its title.

    Two tabs may send the same words, each with a key of its own: the second one waits
    until it can see the remark of the first.
    """
    if known := added_before(BankRemark, form_key):
        return known
    text = text.strip()
    if not text:
        words = "Сначала напишите замечание, потом сохраните его среди готовых."
        raise RuleError(words)
    _check(text)
    go_one_by_one(f"remarks of {owner.id}")
    facts = {"module_id": module_id, "criterion": criterion, "owner_id": owner.id}
    mine = sa.select(BankRemark).filter_by(text=text, **facts)
    if db.session.scalar(mine.limit(1)):
        raise RuleError("Такое готовое замечание у вас уже есть.")
    title = first_words(text)
    remark = BankRemark(title=title, text=text, form_key=form_key, **facts)
    db.session.add(remark)
    db.session.commit()
    logger.info("remark %s: kept by user %s", remark.id, owner.id)
    return remark


def edit_remark(remark: BankRemark, *, title: str, text: str, is_shared: bool) -> None:
    """Change a ready remark; reviews that were released keep their own words."""
    _check(text)
    remark.title, remark.text, remark.is_shared = title, text, is_shared
    db.session.commit()


def delete_remark(remark: BankRemark) -> None:
    """Take a remark out of the bank."""
    db.session.delete(remark)
    db.session.commit()


def first_words(text: str) -> str:
    """Return the beginning of a text, cut between words."""
    line = text.split("\n", 1)[0].split(". ", 1)[0].strip()
    if len(line) <= MAX_TITLE:
        return line.rstrip(".")
    return line[: MAX_TITLE - 1].rsplit(" ", 1)[0].rstrip(",;:— ") + "…"


def _check(text: str) -> None:
    if len(text) > MAX_TEXT:
        raise RuleError(f"Замечание длиннее {MAX_TEXT} знаков. Сократите его.")


def _from_bank(remark: BankRemark, tutor: User) -> ReadyRemark:
    mine = remark.owner_id == tutor.id
    return ReadyRemark(
        key=f"bank-{remark.id}",
        criterion=remark.criterion,
        title=remark.title,
        text=remark.text,
        source="моя" if mine else short_name(remark.owner.full_name),
    )


def _from_guide(revision: Revision) -> list[ReadyRemark]:
    guide = content_of(revision).tutor
    if guide is None:
        return []
    return [
        ReadyRemark(
            key=f"guide-{number}",
            criterion=remark.criterion,
            title=remark.title,
            text=remark.text.strip(),
            source="из занятия",
        )
        for number, remark in enumerate(guide.remarks)
    ]
