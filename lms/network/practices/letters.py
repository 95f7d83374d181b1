"""Letters about cards: to authors, to the captain, to whoever asked."""

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.network.practices.consents import consents_of
from lms.network.practices.models import Practice, PracticeQuestion
from lms.schools.teams.models import Membership

SUBJECTS = {
    "published": "Карточка в банке практик",
    "returned": "Карточка вернулась к вам",
    "asked": "Вопрос о вашей практике",
}


def ask_authors(practice: Practice) -> None:
    """Ask everybody quoted, each in a letter of their own; no commit."""
    db.session.flush()
    consents = consents_of(practice)
    for person in consents.awaited:
        write_letter(
            person,
            Letter.NETWORK,
            f"Можно ли показать ваши слова другим школам: {practice.title}",
            "network/practices/mail/consent.txt",
            key=f"practice:{practice.id}:{practice.version}:{person.id}",
            practice=practice,
            parts=consents.parts_of(person),
            until=consents.ends_at,
        )


def tell_captain(practice: Practice, event: str) -> None:
    """Say what became of a card to whoever leads the team now; no commit."""
    captain = db.session.scalar(
        sa.select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.team_id == practice.team_id)
        .where(Membership.is_captain, Membership.left_at.is_(None))
    )
    if captain is None:
        return
    write_letter(
        captain,
        Letter.NETWORK,
        f"{SUBJECTS[event]}: {practice.title}",
        f"network/practices/mail/{event}.txt",
        practice=practice,
    )


def tell_asker(practice: Practice, question: PracticeQuestion) -> None:
    """Say that a question has an answer; no commit."""
    write_letter(
        question.asker,
        Letter.NETWORK,
        f"Ответ о практике: {practice.title}",
        "network/practices/mail/answered.txt",
        practice=practice,
        question=question,
    )
