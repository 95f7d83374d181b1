"""What waits for a person in matters of mentors, as start pages say it."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from lms.core.database import moment_of_asking
from lms.core.extensions import db
from lms.core.language import course_day, day, plural, today
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.network.mentors.models import (
    UNDER_WAY,
    WAITING,
    Mentor,
    MentorRequest,
    RequestState,
)
from lms.network.mentors.permissions import is_led
from lms.work.credits.models import Credit

# The lesson about mentors: whoever has its work accepted may become one.
LESSON = 4
# What the person offers who is asked about, beside others whom the person leads.
Mine = aliased(Mentor)
INVITED_FOR = timedelta(days=60)
# An offer that ends so soon is named.
SOON = timedelta(days=30)
INVITATION = (
    "Вашу работу о наставничестве зачли: можете стать наставником для других школ"
)


class Errand(NamedTuple):
    """One thing that waits, and where it is done."""

    sentence: str
    endpoint: str


class Standing(NamedTuple):
    """What waits for a person, counted."""

    # Requests that this mentor has not answered.
    to_answer: int
    # Own ones that were declined, or of which the result was not told.
    to_decide: int
    # Of the schools that one leads: nobody has answered; the first day of the oldest.
    unanswered: int
    oldest: datetime | None
    # Until when the own offer lasts, where it ends soon.
    ends_on: date | None
    # Of an author of the lesson's accepted work who never was a mentor.
    is_invited: bool

    @property
    def errands(self) -> list[Errand]:
        """Say each in a sentence."""
        said = []
        if self.to_answer:
            asked = plural(
                self.to_answer, "запрос ждёт", "запроса ждут", "запросов ждут"
            )
            said.append(Errand(f"Вы наставник: {asked} вашего ответа", LIST))
        if self.to_decide:
            asked = plural(
                self.to_decide, "запрос ждёт", "запроса ждут", "запросов ждут"
            )
            said.append(Errand(f"Ваши наставники: {asked} вашего слова", LIST))
        if sentence := _unanswered(self.unanswered, self.oldest):
            said.append(Errand(sentence, LIST))
        if self.ends_on:
            sentence = f"Вы наставник до {day(self.ends_on)}: продлите, если остаётесь"
            said.append(Errand(sentence, OFFER))
        if self.is_invited:
            said.append(Errand(INVITATION, OFFER))
        return said


LIST, OFFER = "mentors.requests", "mentors.me"


def errands_of(user: User) -> list[Errand]:
    """Return what waits for a person; one statement."""
    is_own = Mine.user_id == user.id
    until = sa.select(Mine.active_until).where(
        is_own, Mine.withdrawn_at.is_(None), Mine.active_until <= today() + SOON
    )
    count = sa.select(sa.func.count(MentorRequest.id))
    waits = MentorRequest.state.in_(WAITING)
    to_me = count.join(Mine, Mine.id == MentorRequest.mentor_id).where(is_own, waits)
    oldest = sa.select(sa.func.min(MentorRequest.asked_at)).where(is_led(user), waits)
    invited = sa.and_(_is_author(user), ~sa.exists().where(is_own))
    row = db.session.execute(
        sa.select(
            to_me.scalar_subquery(),
            count.where(*_needs_word_of(user)).scalar_subquery(),
            count.where(is_led(user), waits).scalar_subquery(),
            oldest.scalar_subquery(),
            until.scalar_subquery(),
            invited,
        )
    ).one()
    return Standing(*row).errands


def unanswered_in_words(user: User) -> str:
    """Say in one line what waits at the schools that one leads, or nothing."""
    waits = is_led(user), MentorRequest.state.in_(WAITING)
    first = sa.func.min(MentorRequest.asked_at)
    count = sa.select(sa.func.count(MentorRequest.id), first).where(*waits)
    return _unanswered(*db.session.execute(count).one())


def _unanswered(count: int, oldest: datetime | None) -> str:
    if not (count and oldest):
        return ""
    asked = plural(count, "запрос", "запроса", "запросов")
    waits = plural(_days_since(oldest), "день", "дня", "дней")
    return f"Запросы к наставникам без ответа: {asked}, дольше всех {waits}"


def _needs_word_of(user: User) -> list[sa.ColumnElement[bool]]:
    """Find what was declined, and meetings that are over without a result."""
    declined = MentorRequest.state == RequestState.DECLINED
    is_over = MentorRequest.meets_at < moment_of_asking()
    untold = MentorRequest.state.in_(UNDER_WAY), MentorRequest.asker_result == ""
    return [
        MentorRequest.asker_id == user.id,
        sa.or_(declined, sa.and_(is_over, *untold)),
    ]


def _is_author(user: User) -> sa.ColumnElement[bool]:
    lately = Credit.credited_at > moment_of_asking(ago=INVITED_FOR)
    credit = (
        sa.select(Credit.id)
        .join(Credit.module)
        .where(Credit.user_id == user.id, Credit.submission_id.is_not(None))
        .where(Module.position == LESSON, lately)
    )
    return credit.exists()


def _days_since(moment: datetime) -> int:
    return (today() - course_day(moment)).days
