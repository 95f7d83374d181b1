"""Asking about a line: the keeper learns of it, neither side learns an address."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.network.exchange.models import LineQuestion, ShownLine
from lms.network.partners.models import Partner
from lms.network.partners.permissions import people_of
from lms.network.practices import questions
from lms.schools.teams.models import Membership, School, Team

GONE = "Школа больше не показывает эту строку."
WAITS = "Ваш вопрос уже у школы. Дождитесь ответа: он придёт письмом и встанет здесь."


def ask(
    line: ShownLine,
    text: str,
    *,
    asker: User,
    school: School,
    form_key: str | None = None,
) -> None:
    """Put a question to whoever keeps in touch with the partner; one at a time."""
    if added_before(LineQuestion, form_key, asker_id=asker.id):
        return
    go_one_by_one(f"exchange {line.partner_id}")
    db.session.refresh(line, with_for_update={"of": ShownLine})
    if refusal := _obstacle(line, asker):
        db.session.rollback()
        raise RuleError(refusal)
    question = LineQuestion(
        line_id=line.id,
        asker_id=asker.id,
        school_id=school.id,
        text=text,
        form_key=form_key,
    )
    db.session.add(question)
    for person in _to_tell(line.partner):
        _write(person, "Вопрос о партнёре", "asked", line)
    person_acted.send(asker)
    db.session.commit()


def _obstacle(line: ShownLine, asker: User) -> str:
    """Say why a person cannot ask about a line now; nothing if the person can."""
    if not line.is_open:
        return GONE
    is_waiting = sa.exists().where(
        LineQuestion.line_id == line.id,
        LineQuestion.asker_id == asker.id,
        LineQuestion.answered_at.is_(None),
    )
    return WAITS if db.session.scalar(sa.select(is_waiting)) else ""


def answer(line: ShownLine, question: LineQuestion, text: str, *, member: User) -> None:
    """Answer once; whoever asked has a letter."""
    questions.put_answer(question, text, member=member)
    _write(question.asker, "Ответ о партнёре", "answered", line, question=question)
    db.session.commit()


def questions_of(
    line: ShownLine, *, asker: User | None = None
) -> Sequence[LineQuestion]:
    """Return the questions about a line, or those of one asker."""
    return questions.questions_about(LineQuestion, {"line_id": line.id}, asker=asker)


def unanswered_at(school_id: int) -> Sequence[ShownLine]:
    """Return the lines of a school about which a question waits."""
    waiting = sa.select(LineQuestion.line_id).where(LineQuestion.answered_at.is_(None))
    return db.session.scalars(
        sa.select(ShownLine)
        .join(ShownLine.partner)
        .where(Partner.school_id == school_id, ShownLine.id.in_(waiting))
        .order_by(Partner.name_key, ShownLine.id)
        .options(joinedload(ShownLine.partner))
    ).all()


def _to_tell(partner: Partner) -> Sequence[User]:
    """Return the keeper, or the captains where nobody keeps in touch."""
    here = people_of(partner.school_id)
    keeper = db.session.scalars(here.where(User.id == partner.keeper_id)).all()
    leads = (
        sa.select(Membership.user_id)
        .join(Team, Team.id == Membership.team_id)
        .where(Team.school_id == partner.school_id)
        .where(Membership.is_captain, Membership.left_at.is_(None))
    )
    captains = here.where(User.id.in_(leads)).order_by(User.id)
    return keeper or db.session.scalars(captains).all()


def _write(
    person: User,
    subject: str,
    template: str,
    line: ShownLine,
    question: LineQuestion | None = None,
) -> None:
    write_letter(
        person,
        Letter.NETWORK,
        f"{subject}: {line.partner.kind.value}",
        f"network/exchange/mail/{template}.txt",
        line=line,
        question=question,
    )
