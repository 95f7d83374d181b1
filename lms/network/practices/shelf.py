"""What changes in the bank and under lessons when a card comes or goes; no commit."""

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.network.practices.consents import Consents
from lms.network.practices.models import Practice, PracticeState
from lms.text.stems import searchable


def put_up(practice: Practice, consents: Consents) -> None:
    """Show a card to everybody."""
    practice.state = PracticeState.PUBLISHED
    practice.published_at = practice.published_at or utcnow()
    practice.words = words_of(practice, consents)
    renew_lesson(practice)


def take_down(practice: Practice) -> None:
    """Show a card to nobody but its team; searching finds it no more."""
    practice.words = ""
    renew_lesson(practice)


def words_of(practice: Practice, consents: Consents) -> str:
    """Return the stems of what the public may read, each between spaces."""
    names = practice.title, practice.school_name, practice.municipality
    return searchable(*names, *(practice.text_of(part) for part in consents.shown))


def renew_lesson(practice: Practice) -> None:
    """Have browsers ask for the lesson anew that shows the cards of its module."""
    lesson = sa.update(Module).where(Module.id == practice.module_id)
    db.session.execute(lesson.values(shared_at=utcnow()))
