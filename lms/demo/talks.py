"""What teams and tutors have said to each other beside the works."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.demo.questions import ask_about
from lms.demo.story import TeamStory, backdate
from lms.identity.accounts.models import User
from lms.review.appeals.models import Appeal
from lms.review.appeals.services import ask_to_look_again
from lms.review.reviews.models import Review
from lms.review.threads.models import Message, Thread
from lms.review.threads.services import About, write_message
from lms.work.submissions.models import Attempt, Submission


def talk(opora: TeamStory, most: TeamStory, modules: dict[int, Module]) -> None:
    """A question that was answered, and one that still waits; and about a lesson."""
    work = opora.begin(modules[4])
    safety = About(_review_of(work).id, "bezopasnost")
    question = (
        "В ответе написано, что безопасность обеспечивается на всех этапах. Чего не"
        " хватает: документов или правил встреч? Встречаемся мы в библиотеке, дверь"
        " открыта."
    )
    answer = (
        "Документов достаточно. Напишите то, что сейчас знаете только вы: библиотека с"
        " открытой дверью, где пара переписывается и кому наставник в тот же день"
        " говорит о тревожном. Хватит трёх фраз."
    )
    _say(work, opora.members[0], question, days_ago=2.4, about=safety)
    _say(work, opora.tutor, answer, days_ago=2.2)
    waiting = most.begin(modules[4])
    text = (
        "Двое наставников отказались уже после того, как мы отправили работу. Ждать"
        " вашего решения или сразу искать замену и дописать?"
    )
    _say(waiting, most.members[0], text, days_ago=1.2)
    ask_about(modules[4], opora, most)


def appeal(istok: TeamStory, modules: dict[int, Module]) -> None:
    """Another tutor is asked to look at a work that came back."""
    reason = (
        "По карте нас вернули за то, что у групп нет людей. Но люди названы под"
        " таблицей, по одному на каждую из шести групп: роль и имя. Посмотрите,"
        " пожалуйста, ещё раз."
    )
    review = _review_of(istok.begin(modules[2]))
    asked = ask_to_look_again(review, reason, member=istok.members[1])
    backdate(Appeal, "id", asked.id, asked_at=utcnow() - timedelta(days=1.5))


def _review_of(work: Submission) -> Review:
    sent = sa.select(Attempt.id).where(Attempt.submission_id == work.id)
    return db.session.scalars(
        sa.select(Review).where(Review.attempt_id.in_(sent))
    ).one()


def _say(
    work: Submission,
    author: User,
    text: str,
    *,
    days_ago: float,
    about: About | None = None,
) -> None:
    newest = db.session.scalar(sa.select(sa.func.max(Message.id))) or 0
    message = write_message(
        work,
        text,
        author=author,
        seen=newest,
        form_key=f"demo-{days_ago}",
        about=about,
    )
    moment = utcnow() - timedelta(days=days_ago)
    column = "answered_at" if message.voice.answers else "asked_at"
    backdate(Message, "id", message.id, written_at=moment)
    backdate(Thread, "submission_id", work.id, **{column: moment})
