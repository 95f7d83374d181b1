"""Four mentors of the demonstration, and four requests at different stages."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.demo.meetings import evening
from lms.demo.story import backdate
from lms.identity.accounts.models import User
from lms.network.mentors.answering import accept, arrange, tell_result
from lms.network.mentors.asking import ask
from lms.network.mentors.models import Help, Mentor, MentorRequest, Reach
from lms.network.mentors.offers import Offer, offer
from lms.schools.teams.models import School
from lms.schools.teams.permissions import active_memberships

PAIRS = "Как составить наставнические пары"
VOLUNTEERS = "Школьное волонтёрство за четыре недели"
PARENTS = "Встреча с родителями, после которой остаются"
OFFERS = {
    "other@example.org": Offer(
        [PAIRS, "Положение о наставничестве"],
        [Help.CONSULTATION.name, Help.PRACTICE.name],
        6,
        Reach.REGION,
        "Из двадцати шести пар на бумаге оставили семь настоящих. Покажу анкету, по"
        " которой их составили, и что мы сказали тем, кому пары не нашлось.",
    ),
    "zhukov@example.org": Offer(
        [VOLUNTEERS],
        [Help.MASTER_CLASS.name],
        4,
        Reach.REGION,
        "Волонтёрский отряд начали с одного дела для соседнего детского сада. Через год"
        " дел девять, и придумывают их сами ученики.",
    ),
    "tikhonov@example.org": Offer(
        ["Истории школы в коротких видео", PAIRS],
        [Help.MASTER_CLASS.name, Help.CONSULTATION.name],
        2,
        Reach.REGION,
        "Снимаем на телефон: восемь выпускников посёлка рассказали о школе, ролики"
        " смотрят и те, кто давно уехал.",
    ),
    "captain@example.org": Offer(
        [PARENTS, "Совет выпускников"],
        [Help.CONSULTATION.name],
        4,
        Reach.REGION,
        "На первую встречу пришли девять родителей, на четвёртую сорок три. Расскажу,"
        " что мы перестали делать.",
    ),
}


def help_one_another() -> None:
    """Have four people offer help, and others ask them."""
    for email, words in OFFERS.items():
        person = _person(email)
        offer(person, _school(person), words)
    _arranged()
    _unanswered()
    _finished()
    _without_mentor()


def _arranged() -> None:
    """The captain of «Опора» meets the mentor next week."""
    asked = _ask(
        "captain@example.org",
        "other@example.org",
        PAIRS,
        "В восьмых классах шестнадцать запросов и девять взрослых. Кому отказать и как"
        " об этом сказать, чтобы человек не ушёл совсем?",
        days_ago=6,
    )
    mentor = _person("other@example.org")
    accept(asked, hours=2, words="Приезжайте с анкетами, разберём.", actor=mentor)
    _answer(asked, days_ago=4)
    place = "Лицей № 3, кабинет 21"
    arrange(asked, meets_at=evening(5), minutes=90, place=place, actor=mentor)


def _unanswered() -> None:
    """A school of the coordinator's has waited for nine days."""
    _ask(
        "krylova@example.org",
        "captain@example.org",
        PARENTS,
        "Из сорока приглашённых приходят одни и те же пятеро. Что вы сделали, чтобы"
        " пришли остальные?",
        days_ago=9,
    )


def _finished() -> None:
    """Both sides have told what came of it."""
    asked = _ask(
        "rogov@example.org",
        "tikhonov@example.org",
        "Истории школы в коротких видео",
        "Хотим снять рассказы выпускников, а ученики боятся спрашивать взрослых.",
        days_ago=40,
    )
    mentor, asker = _person("tikhonov@example.org"), _person("rogov@example.org")
    accept(asked, hours=1, words="Начнём с вопросов.", actor=mentor)
    arrange(asked, meets_at=evening(1), minutes=60, place="По видеосвязи", actor=asker)
    _answer(asked, days_ago=37)
    met = evening(-30)
    met_on = today() - timedelta(days=30)
    backdate(MentorRequest, "id", asked.id, meets_at=met, spent_on=met_on)
    told = "Шесть учеников сняли первые четыре рассказа и сами придумали вопросы."
    tell_result(asked, by_mentor=False, result=told, rating=5, actor=asker)
    seen = "Ребята перестали читать вопросы с листа: беседа пошла."
    tell_result(asked, by_mentor=True, result=seen, actor=mentor)
    closed = utcnow() - timedelta(days=25)
    backdate(MentorRequest, "id", asked.id, result_at=closed, closed_at=closed)


def _without_mentor() -> None:
    """Nobody helps with this topic yet: the coordinator has it."""
    _ask(
        "zhukov@example.org",
        None,
        "Как говорить с родителями о деньгах",
        "Нужен экран в актовый зал, а после прошлого сбора половина родителей ушла из"
        " чата класса.",
        days_ago=2,
    )


def _ask(
    asker: str, mentor: str | None, topic: str, text: str, *, days_ago: int
) -> MentorRequest:
    person = _person(asker)
    chosen = _mentor(mentor) if mentor else None
    asked = ask(person, _school(person), chosen, topic=topic, text=text)
    moment = utcnow() - timedelta(days=days_ago)
    backdate(MentorRequest, "id", asked.id, asked_at=moment, held_since=moment)
    return asked


def _answer(asked: MentorRequest, *, days_ago: int) -> None:
    moment: datetime = utcnow() - timedelta(days=days_ago)
    backdate(MentorRequest, "id", asked.id, answered_at=moment)


def _mentor(email: str) -> Mentor:
    query = sa.select(Mentor).join(Mentor.user).where(User.email == email)
    return db.session.scalars(query).one()


def _person(email: str) -> User:
    return db.session.scalars(sa.select(User).filter_by(email=email)).one()


def _school(person: User) -> School:
    return active_memberships(person)[0].team.school
