"""What may happen to a card between its team and the bank."""

import logging

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.practices.consents import consents_of
from lms.network.practices.letters import tell_captain
from lms.network.practices.locking import lock_card
from lms.network.practices.models import Practice, PracticeState
from lms.network.practices.shelf import put_up, take_down

logger = logging.getLogger(__name__)

DECIDED = "Эту карточку уже опубликовали, вернули или отозвали. Откройте её заново."


def publish(practice: Practice, *, editor: User, version: int) -> None:
    """Put the version that the editor has read into the bank."""
    _lock(practice, version)
    consents = consents_of(practice)
    put_up(practice, consents)
    practice.editor_id = editor.id
    record(editor.id, "карточка опубликована в банке практик", practice)
    tell_captain(practice, "published")
    db.session.commit()
    logger.info("practice %s: published by user %s", practice.id, editor.id)


def give_back(practice: Practice, note: str, *, editor: User, version: int) -> None:
    """Return a card to its team with a word on what to mend."""
    _lock(practice, version)
    practice.state, practice.note = PracticeState.RETURNED, note
    practice.editor_id = editor.id
    record(editor.id, "карточка возвращена команде", practice)
    tell_captain(practice, "returned")
    db.session.commit()


def withdraw(practice: Practice, *, captain: User) -> None:
    """Take a card back; what was public is public no more from this moment on."""
    lock_card(practice)
    if practice.state is PracticeState.WITHDRAWN:
        db.session.rollback()
        return
    was_public = practice.is_public
    practice.state, practice.note = PracticeState.WITHDRAWN, ""
    if was_public:
        take_down(practice)
    record(captain.id, "карточка отозвана из банка практик", practice)
    person_acted.send(captain)
    db.session.commit()
    logger.info("practice %s: withdrawn by user %s", practice.id, captain.id)


def _lock(practice: Practice, version: int) -> None:
    """Hold the card, if it still waits for an editor as the editor has read it."""
    lock_card(practice)
    if practice.state is not PracticeState.EDITOR or practice.version != version:
        db.session.rollback()
        raise RuleError(DECIDED)
