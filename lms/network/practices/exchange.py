"""What other schools do with a card: take it, say what came of it, ask its team."""

from collections.abc import Sequence

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.network.practices import taking
from lms.network.practices.letters import tell_asker, tell_captain
from lms.network.practices.models import Practice, PracticeQuestion, PracticeUse
from lms.network.practices.questions import put_answer, questions_about
from lms.schools.teams.models import School, Team
from lms.schools.teams.signals import school_emptied

OWN = "Это практика вашей школы."
GONE = "Карточку отозвали: её больше не берут и о ней не спрашивают."


def take_practice(practice: Practice, said: str, *, school: School, user: User) -> None:
    """Remember that a school has taken a practice, or what has come of it since."""
    _check_public(practice)
    if practice.team.school_id == school.id:
        raise RuleError(OWN)
    owner = {"practice_id": practice.id}
    taking.take(PracticeUse, owner, said, school=school, user=user)


def use_by(practice: Practice, school: School) -> PracticeUse | None:
    """Return what a school has said of a practice that it took."""
    return taking.use_by(PracticeUse, {"practice_id": practice.id}, school)


def uses_of(practice: Practice) -> Sequence[PracticeUse]:
    """Return who took a practice, those first who told what came of it."""
    return taking.uses_of(PracticeUse, {"practice_id": practice.id})


def ask_team_of(
    practice: Practice, text: str, *, asker: User, school: School | None, form_key: str
) -> None:
    """Put a question to the team; neither side learns an address."""
    _check_public(practice)
    if not practice.takes_questions:
        raise RuleError("Команда не ждёт вопросов об этой практике.")
    if added_before(PracticeQuestion, form_key, asker_id=asker.id):
        return
    question = PracticeQuestion(
        practice_id=practice.id,
        asker_id=asker.id,
        school_id=school.id if school else None,
        text=text,
        form_key=form_key,
    )
    db.session.add(question)
    tell_captain(practice, "asked")
    person_acted.send(asker)
    db.session.commit()


def answer_question(question: PracticeQuestion, text: str, *, member: User) -> None:
    """Answer a question of another school, and tell whoever asked."""
    put_answer(question, text, member=member)
    practice = db.session.get_one(Practice, question.practice_id)
    tell_asker(practice, question)
    db.session.commit()


def questions_of(
    practice: Practice, *, asker: User | None
) -> Sequence[PracticeQuestion]:
    """Return the questions about a card, or those of one asker."""
    owner = {"practice_id": practice.id}
    return questions_about(PracticeQuestion, owner, asker=asker)


def _check_public(practice: Practice) -> None:
    """Refuse what comes a moment after the team took the card back."""
    db.session.refresh(practice, ["state"], with_for_update=True)
    if not practice.is_public:
        db.session.rollback()
        raise RuleError(GONE)


@school_emptied.connect
def move_uses_of_practices(school: School, *, left: int) -> None:
    """Take along which practices a school took."""
    own = sa.select(Practice.id).join(Practice.team).where(Team.school_id == school.id)
    taking.move(PracticeUse, "practice_id", own, left=left, to=school.id)
