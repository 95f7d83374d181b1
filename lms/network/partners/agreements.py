"""What may happen to an agreement with a partner, and to its papers."""

from collections.abc import Mapping
from typing import Any

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.file_names import clean_name
from lms.core.form_keys import added_before
from lms.core.together import REMOVED, correct, hold
from lms.course.content.papers import PaperRules, attach
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.partners.models import Agreement, AgreementFile, Partner
from lms.network.partners.rules import check
from lms.work.quotas.services import charge

PAPERS = PaperRules("К договорённости")


def add_agreement(
    partner: Partner,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> Agreement:
    """Write down what was agreed with a partner."""
    if known := added_before(Agreement, form_key):
        return known
    check(values)
    agreement = Agreement(partner=partner, form_key=form_key, **dict(values))
    db.session.add(agreement)
    record(author.id, "добавлена договорённость", agreement, after=_facts(agreement))
    person_acted.send(author)
    db.session.commit()
    return agreement


def change_agreement(
    agreement: Agreement, values: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct an agreement, unless a colleague has since `seen`."""
    check(values)
    before, ended_on = _facts(agreement), agreement.ends_on
    correct(agreement, values, seen=seen)
    if agreement.ends_on != ended_on:
        agreement.reminded_at = agreement.reminded_to_id = None
    facts = {"before": before, "after": _facts(agreement)}
    record(author.id, "изменена договорённость", agreement, **facts)
    person_acted.send(author)
    db.session.commit()


def remove_agreement(agreement: Agreement, *, author: User) -> None:
    """Take away what was written down by mistake; one that is over is no mistake."""
    if not hold(agreement):
        return
    record(author.id, "убрана договорённость", agreement, before=_facts(agreement))
    for file in agreement.files:
        db.session.delete(file)
    db.session.delete(agreement)
    db.session.commit()


def add_paper(agreement: Agreement, name: str, content: bytes, *, author: User) -> None:
    """Put a file to an agreement; the same one under the same name is there once."""
    name = clean_name(name)
    media_type = PAPERS.judge(name, content)
    if not hold(agreement):
        raise RuleError(REMOVED)
    PAPERS.check_room(agreement.files)
    charge(author.id, len(content))
    owner, facts = {"agreement_id": agreement.id}, {"media_type": media_type}
    if attach(AgreementFile, owner, name, content, author_id=author.id, **facts):
        told = {"файл": name}
        record(author.id, "приложен файл договорённости", agreement, after=told)
    db.session.commit()


def remove_paper(agreement: Agreement, file: AgreementFile, *, author: User) -> None:
    """Take a file away from an agreement."""
    if not (hold(agreement) and hold(file)):
        return
    record(
        author.id, "убран файл договорённости", agreement, before={"файл": file.name}
    )
    db.session.delete(file)
    db.session.commit()


def _facts(agreement: Agreement) -> dict[str, str]:
    days = {"с": agreement.signed_on, "до": agreement.ends_on}
    known = {name: str(day) for name, day in days.items() if day}
    return {"партнёр": agreement.partner.name} | known
