"""Showing a partner's line to neighbours, and hiding it: off until somebody decides."""

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.exchange.models import ShownLine
from lms.network.partners.models import Partner
from lms.network.partners.rules import check

CHANGED = "Карточку изменили, пока вы её читали. Посмотрите ещё раз, что увидят соседи."
EMPTY = "Показать пока нечего: напишите в карточке, что партнёр даёт или что ему нужно."
OVER = "Работа с партнёром закончена: соседям его не показывают."


def line_of(partner: Partner) -> ShownLine | None:
    """Return the line of a partner, if it was ever shown."""
    known = sa.select(ShownLine).filter_by(partner_id=partner.id)
    return db.session.scalar(known)


def show_line(partner: Partner, *, seen: int, author: User) -> ShownLine:
    """Show neighbours what a person has read on the page, and nothing else."""
    go_one_by_one(f"exchange {partner.id}")
    db.session.refresh(partner, with_for_update=True)
    line = line_of(partner)
    if line and not line.hidden_at:
        return line
    if wrong := obstacle(partner) or (CHANGED if partner.version != seen else ""):
        db.session.rollback()
        raise RuleError(wrong)
    check({"gives": partner.gives, "wants": partner.wants})
    line = line or ShownLine(partner_id=partner.id)
    line.shown_by_id, line.shown_at, line.hidden_at = author.id, utcnow(), None
    db.session.add(line)
    record(author.id, "строка партнёра показана соседям", partner)
    person_acted.send(author)
    db.session.commit()
    return line


def obstacle(partner: Partner) -> str:
    """Say why a line cannot be shown; nothing if it can."""
    if partner.is_closed:
        return OVER
    return "" if partner.has_words else EMPTY


def hide_line(partner: Partner, *, author: User) -> None:
    """Take a line back: neighbours do not see it from now on."""
    db.session.refresh(partner, with_for_update=True)
    line = line_of(partner)
    if line is None or line.hidden_at:
        return
    line.hidden_at = utcnow()
    record(author.id, "строка партнёра скрыта от соседей", partner)
    person_acted.send(author)
    db.session.commit()
