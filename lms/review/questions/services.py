"""What may happen to questions about a lesson: asked, answered, answered for all."""

import logging

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.review.questions.models import Answer, Question, Shared
from lms.review.questions.places import places_of
from lms.review.questions.signals import question_changed
from lms.schools.teams.models import Team

logger = logging.getLogger(__name__)

MAX_TEXT = 2000
MOST_OPEN = 10
CLOSED = "Поток завершён: вопросы и ответы можно только читать."


def ask(
    revision: Revision,
    anchor: str,
    text: str,
    *,
    author: User,
    team: Team,
    form_key: str | None = None,
) -> Question:
    """Ask about a section of a lesson; a person has so many open questions at most."""
    _check(team, text)
    if anchor not in places_of(revision):
        raise RuleError("Такого места в занятии больше нет. Выберите другое.")
    if known := added_before(Question, form_key, author_id=author.id):
        return known
    _count_open(author)
    question = Question(
        module_id=revision.module_id,
        revision_id=revision.id,
        anchor=anchor,
        author_id=author.id,
        team_id=team.id,
        text=text.strip(),
        form_key=form_key,
    )
    db.session.add(question)
    person_acted.send(author)
    db.session.commit()
    logger.info("question %s: asked by user %s", question.id, author.id)
    return question


def answer(
    question: Question, text: str, *, tutor: User, form_key: str | None = None
) -> Answer:
    """Answer a question, or correct an answer by another one."""
    _check(question.team, text)
    if known := added_before(Answer, form_key, author_id=tutor.id):
        return known
    said = Answer(
        question_id=question.id,
        author_id=tutor.id,
        text=text.strip(),
        form_key=form_key,
    )
    db.session.add(said)
    # Of two who answer at once the first one ends the waiting.
    waits = Question.id == question.id, Question.answered_at.is_(None)
    moved = sa.update(Question).where(*waits).values(answered_at=utcnow())
    db.session.execute(moved.execution_options(synchronize_session=False))
    question_changed.send(question.id)
    db.session.commit()
    logger.info("question %s: answered by user %s", question.id, tutor.id)
    return said


def share(question: Question, wording: str, answer: str, *, tutor: User) -> None:
    """Write the general version, which all cohorts read below the lesson."""
    _check(question.team, wording, answer)
    if question.is_open:
        raise RuleError("Сначала ответьте команде, потом напишите общий ответ.")
    facts = {
        "wording": wording.strip(),
        "answer": answer.strip(),
        "shared_by_id": tutor.id,
        "shared_at": utcnow(),
    }
    if shared := _shared_now(question):
        for name, value in facts.items():
            setattr(shared, name, value)
    else:
        db.session.add(Shared(question_id=question.id, **facts))
    _renew_lesson(question)
    question_changed.send(question.id)
    after = {"вопрос": facts["wording"], "ответ": facts["answer"]}
    record(tutor.id, "вопрос о занятии стал общим", question.module, after=after)
    db.session.commit()


def withdraw_shared(question: Question, *, tutor: User) -> None:
    """Take the general version away; question and answers stay with the team."""
    shared = _shared_now(question)
    if shared is None:
        db.session.rollback()
        return
    before = {"вопрос": shared.wording}
    db.session.delete(shared)
    _renew_lesson(question)
    question_changed.send(question.id)
    record(tutor.id, "общий ответ убран", question.module, before=before)
    db.session.commit()


def _shared_now(question: Question) -> Shared | None:
    """Return the general version as it is; two who change it go one by one."""
    go_one_by_one(f"shared {question.id}")
    return db.session.get(Shared, question.id, populate_existing=True)


def _check(team: Team, *texts: str) -> None:
    if not team.cohort.is_open:
        raise RuleError(CLOSED)
    if not all(text.strip() for text in texts):
        raise RuleError("Напишите текст.")
    if max(len(text.strip()) for text in texts) > MAX_TEXT:
        raise RuleError(f"Текст длиннее {MAX_TEXT} знаков. Сократите его.")


def _count_open(author: User) -> None:
    """Refuse one question too many; two windows of one person go one by one."""
    go_one_by_one(f"questions of {author.id}")
    waits = Question.author_id == author.id, Question.answered_at.is_(None)
    count = sa.select(sa.func.count()).select_from(Question).where(*waits)
    if (db.session.scalar(count) or 0) >= MOST_OPEN:
        db.session.rollback()
        raise RuleError(
            f"У вас уже {MOST_OPEN} вопросов без ответа. Дождитесь ответа на один из"
            " них."
        )


def _renew_lesson(question: Question) -> None:
    """Tell browsers which keep the lesson that it is another page now."""
    lesson = sa.update(Module).where(Module.id == question.module_id)
    db.session.execute(lesson.values(shared_at=utcnow()))
