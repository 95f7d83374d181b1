"""What authors say to a card, and where it goes when all have said it."""

import logging
from typing import Any

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import every_day
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.practices.consents import SILENCE, Consents, consents_of
from lms.network.practices.letters import tell_captain
from lms.network.practices.locking import lock_card
from lms.network.practices.models import Practice, PracticeConsent, PracticeState
from lms.network.practices.shelf import take_down, words_of

logger = logging.getLogger(__name__)

HOUR = 6
CHANGED = "Карточку с тех пор изменили. Прочитайте её ещё раз и ответьте снова."
NOT_ASKED = "Вас об этой карточке не спрашивают."
WENT_ON = "Карточка ушла дальше без ваших слов. Вернуть их можно в новой редакции."
WITHOUT = (
    "Без слов, на которые нет согласия, карточка не говорит главного: что сделали и"
    " как. Расскажите это своими словами и спросите ещё раз."
)


def answer(
    practice: Practice,
    *,
    author: User,
    version: int,
    agrees: bool,
    shows_name: bool = False,
) -> None:
    """Say yes or no to the version that was read; a yes may be taken back any day."""
    lock_card(practice)
    consents = consents_of(practice)
    if refusal := _refusal(consents, author, version, agrees=agrees):
        db.session.rollback()
        raise RuleError(refusal)
    said = consents.said.get(author.id) or PracticeConsent(
        practice_id=practice.id, version=version, user_id=author.id
    )
    said.agrees, said.shows_name, said.said_at = agrees, shows_name, utcnow()
    db.session.add(said)
    word = "автор согласен с карточкой" if agrees else "автор не согласен с карточкой"
    record(author.id, word, practice)
    person_acted.send(author)
    db.session.flush()
    if practice.state is PracticeState.CONSENT:
        go_on(practice)
    elif not agrees:
        _go_without(practice)
    db.session.commit()


def _refusal(consents: Consents, author: User, version: int, *, agrees: bool) -> str:
    practice = consents.practice
    if version != practice.version:
        return CHANGED
    if not consents.asks(author):
        return NOT_ASKED
    states = {PracticeState.CONSENT, PracticeState.EDITOR, PracticeState.PUBLISHED}
    if practice.state not in states:
        return CHANGED
    has_gone = practice.state is not PracticeState.CONSENT
    return WENT_ON if has_gone and agrees and not consents.agrees(author.id) else ""


def go_on(practice: Practice, *, is_over: bool = False) -> None:
    """Give a card to the editor when all have answered, or their time is over.

    No commit. A card without its essentials comes back to the team.
    """
    db.session.flush()
    consents = consents_of(practice)
    if consents.awaited and not is_over:
        return
    if consents.has_essentials:
        practice.state = PracticeState.EDITOR
    else:
        practice.state, practice.note = PracticeState.RETURNED, WITHOUT
        tell_captain(practice, "returned")


def _go_without(practice: Practice) -> None:
    """Take words off a card that has gone on; without its essentials it goes too."""
    consents = consents_of(practice)
    if not consents.has_essentials:
        was_public = practice.is_public
        practice.note = WITHOUT
        practice.state = PracticeState.RETURNED
        if was_public:
            take_down(practice)
        tell_captain(practice, "returned")
    elif practice.is_public:
        practice.words = words_of(practice, consents)


@every_day("practices", "Банк практик: авторы, которые молчат", hour=HOUR)
def go_on_without_the_silent(_payload: dict[str, Any]) -> None:
    """Let cards go on whose authors had two weeks; silence is no consent."""
    waiting = sa.select(Practice.id).where(
        Practice.state == PracticeState.CONSENT,
        Practice.asked_at <= utcnow() - SILENCE,
    )
    for number in db.session.scalars(waiting.order_by(Practice.id)).all():
        practice = db.session.get_one(Practice, number)
        lock_card(practice)
        if practice.state is PracticeState.CONSENT:
            go_on(practice, is_over=True)
        db.session.commit()
        logger.info("practice %s: gone on without the silent", number)
