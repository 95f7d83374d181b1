"""What readers of the demonstration have asked about the fourth lesson."""

from datetime import timedelta

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.demo.story import TeamStory, backdate
from lms.identity.accounts.models import User
from lms.review.questions.models import Answer, Question
from lms.review.questions.places import places_of
from lms.review.questions.services import answer, ask, share


def ask_about(lesson: Module, opora: TeamStory, most: TeamStory) -> None:
    """One question waits for two days, one is answered, one is answered for all."""
    _ask(
        lesson,
        most,
        most.members[2],
        "Мы партнёр, а не школа: наш сотрудник может быть наставником или ему нужна"
        " справка, как учителю?",
        section=2,
        days_ago=2,
    )
    _ask(
        lesson,
        opora,
        opora.members[2],
        "Я мама двоих учеников. Можно ли мне быть наставником в классе, где учится мой"
        " ребёнок?",
        section=1,
        days_ago=6,
        said="Можно, но не в паре со своим ребёнком и не с его близким другом. Так"
        " проще всем троим.",
    )
    shared = _ask(
        lesson,
        opora,
        opora.members[1],
        "У нас в «Опоре» пять пар, а запросов девять. Остальным четверым отказать?",
        section=0,
        days_ago=12,
        said="Не отказывайте. Назовите им месяц, когда подберёте пару, и предложите"
        " одну пробную встречу втроём.",
    )
    share(
        shared,
        "Запросов больше, чем наставников. Отказать тем, кому пары не хватило?",
        "Не отказывать. Назовите месяц, когда подберёте пару, и предложите одну пробную"
        " встречу втроём: часть запросов она и закроет.",
        tutor=opora.tutor,
    )


def _ask(
    lesson: Module,
    story: TeamStory,
    author: User,
    text: str,
    *,
    section: int,
    days_ago: float,
    said: str = "",
) -> Question:
    """Ask about a section by its number, some days ago; the answer came a day later."""
    if lesson.current_revision is None:
        raise LookupError(f"{lesson.slug} is not published")
    anchor = list(places_of(lesson.current_revision))[section]
    asked = ask(lesson.current_revision, anchor, text, author=author, team=story.team)
    moment = utcnow() - timedelta(days=days_ago)
    if said:
        reply = answer(asked, said, tutor=story.tutor)
        later = moment + timedelta(days=1)
        backdate(Answer, "id", reply.id, written_at=later)
        backdate(Question, "id", asked.id, answered_at=later)
    backdate(Question, "id", asked.id, asked_at=moment)
    return db.session.get_one(Question, asked.id)
