"""What the letter of the day says of talks: beside works, about lessons, in a team."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.language import plural
from lms.core.links import site_link
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import can_judge
from lms.identity.letters.models import Letter
from lms.overview.digest.naming import Names, asked_about, lesson_of
from lms.overview.digest.team_letter import Relief, happened
from lms.review.appeals.hearing import count_waiting, kept_since
from lms.review.questions.listing import answered_questions
from lms.review.questions.models import Question
from lms.review.threads.waiting import unread_answers, waiting_for
from lms.schools.teams.models import Team


class Line(NamedTuple):
    """One thing of the day and where to read on."""

    text: str
    link: str = ""


def lines_of_team(
    team: Team, captain: User, names: Names, since: datetime
) -> list[Line]:
    """Name what happened in the team since the letter before, for all its people."""
    return [
        *(
            Line(text, site_link("submissions.work", submission_id=work.id))
            for text, work in happened(team, since, names)
        ),
        *_answered(
            names, since, Question.team_id == team.id, Question.author_id != captain.id
        ),
    ]


def _answered(
    names: Names, since: datetime, *whose: sa.ColumnElement[bool]
) -> list[Line]:
    """Name the questions about lessons that were answered meanwhile."""
    return [
        Line(
            f"ответили на вопрос о занятии: {asked_about(question, names)}",
            site_link("questions.question", question_id=question.id),
        )
        for question in answered_questions(since, *whose)
    ]


def lines_of_talks(
    person: User, relief: Relief, names: Names, since: datetime
) -> list[Line]:
    """Name what was said beside works and about lessons, to people and to tutors."""
    return [
        *_answers(person, relief, names, since),
        *_kept(person, relief, names, since),
        *_answered(names, since, Question.author_id == person.id),
        *_questions(person),
        *_appeals(person),
    ]


def _answers(person: User, relief: Relief, names: Names, since: datetime) -> list[Line]:
    """Name the works about which a tutor has written meanwhile, unread so far."""
    lines = []
    for row in unread_answers(person, since=since):
        work = row.thread.submission
        if relief.spares(Letter.TALK, work):
            continue
        text = f"{row.message.voice.value} написал: {lesson_of(work, names)}"
        lines.append(Line(text, site_link("threads.thread", submission_id=work.id)))
    return lines


def _kept(person: User, relief: Relief, names: Names, since: datetime) -> list[Line]:
    """Name the decisions that were kept; of a changed one people learn at once."""
    lines = []
    for appeal in kept_since(person, since):
        work = appeal.review.attempt.submission
        if relief.spares(Letter.TALK, work):
            continue
        text = f"решение пересмотрели и оставили: {lesson_of(work, names)}"
        lines.append(Line(text, site_link("submissions.work", submission_id=work.id)))
    return lines


def _appeals(person: User) -> list[Line]:
    """Count the appeals that wait for this tutor, as long as they wait."""
    count = count_waiting(person)
    if not count:
        return []
    text = plural(count, "команда просит", "команды просят", "команд просят")
    return [Line(f"{text} пересмотреть решение", site_link("appeals.index"))]


def _questions(person: User) -> list[Line]:
    """Count the teams that wait for an answer, as long as they wait."""
    if not can_judge(person):
        return []
    waiting = waiting_for(person)
    if not waiting.total:
        return []
    text = plural(waiting.total, "команда ждёт", "команды ждут", "команд ждут")
    if waiting.mine == waiting.total:
        return [Line(f"{text} вашего ответа", site_link("threads.index"))]
    mine = f", из них {waiting.mine} — вашего" if waiting.mine else ""
    return [Line(f"{text} ответа{mine}", site_link("threads.index"))]
