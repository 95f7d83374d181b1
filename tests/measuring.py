"""Diagnostics and surveys of the tests: a calendar, two forms, people who answer."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.course.cohorts.models import CalendarRow
from lms.course.cohorts.services import close_cohort
from lms.course.content.diagnostics import Diagnostics, Item
from lms.course.content.survey import Scale, Survey
from lms.course.modules.models import Module
from lms.identity.accounts.models import User
from lms.monitoring.diagnostics import services
from lms.monitoring.diagnostics.editions import items_of
from lms.monitoring.diagnostics.models import DiagnosticsEdition, Moment
from lms.monitoring.surveys.models import SurveyEdition, SurveyRound
from lms.monitoring.surveys.services import answer_survey
from lms.monitoring.surveys.standing import surveys_of
from lms.schools.teams.models import Position
from lms.schools.teams.permissions import active_memberships
from tests.conftest import member_of, person, save

LESSONS = {1: "cennosti", 2: "organizator", 9: "endaument"}


def item(form, number, slug):
    """A question of a form about a lesson; the second option is right."""
    return Item(
        key=f"{slug}-{number}-{form}",
        form=form,
        module_slug=slug,
        outcome=f"Узнать {slug}",
        text=f"Вопрос {form}{number}?",
        situation="",
        options=("Первый", "Второй", "Третий"),
        correct=1,
        reason="<p>Потому.</p>",
    )


def questions():
    """Two forms of four questions: two about the first lesson, one about each other."""
    slugs = ["cennosti", "cennosti", "organizator", "endaument"]
    items = [
        item(form, n, slug) for form in "ab" for n, slug in enumerate(slugs, start=1)
    ]
    return Diagnostics(title="Вход и выход", items=tuple(items))


@pytest.fixture
def edition(app):
    """What the course asks."""
    content = questions().model_dump(mode="json")
    return save(DiagnosticsEdition(content_hash="0" * 64, content=content))


@pytest.fixture
def lessons(cohort):
    """Three lessons of the cohort, none of which is open yet but the first."""
    for number, (position, slug) in enumerate(LESSONS.items()):
        opens_on = today() + timedelta(days=7 * number - 1)
        cohort.rows.append(
            CalendarRow(
                module=Module(slug=slug, position=position),
                position=position,
                opens_on=opens_on,
                due_on=opens_on + timedelta(days=7),
            )
        )
    db.session.commit()
    return cohort.rows


@pytest.fixture
def measured(edition, lessons, cohort):
    """The cohort with a calendar and questions."""
    return cohort


def come_to(cohort, moment):
    """Move the calendar so that this window is open today."""
    days = {Moment.ENTRY: 2, Moment.EXIT: -30}[moment]
    for number, row in enumerate(cohort.rows):
        row.opens_on = today() + timedelta(days=days + number)
        row.due_on = row.opens_on
    db.session.commit()


def place_of(user):
    """Where a person is."""
    return active_memberships(user)[0]


def sit(user, moment, right, *, finish=True):
    """Answer so many questions of four right, and the others by «не знаю»."""
    sitting = services.begin_sitting(place_of(user), moment)
    keys = [one.key for one in items_of(sitting)]
    answers = {key: 1 if n < right else None for n, key in enumerate(keys)}
    if finish:
        services.finish_sitting(sitting, answers, asked=keys)
    else:
        services.save_answers(sitting, answers)
    return sitting


def answer_both(cohort, results, *, admin):
    """Let people sit both, so many right each; then the cohort ends."""
    for moment, place in ((Moment.ENTRY, 0), (Moment.EXIT, 1)):
        come_to(cohort, moment)
        for user, right in results.items():
            if right[place] is not None:
                sit(db.session.get_one(User, user), moment, right[place])
    close_cohort(cohort, actor=admin)


def crew(team, size, position=Position.TEACHER):
    """So many people of a team; their ids."""
    names = [f"{team.name} {n}" for n in range(size)]
    people = [
        person(name, f"{team.id}-{n}@example.org") for n, name in enumerate(names)
    ]
    return [member_of(team, user, position=position).id for user in people]


SURVEY = Survey(
    slug="polza",
    title="Полезно ли это школе",
    after_module="organizator",
    scales=[
        Scale(key="polza", text="Насколько это полезно школе?", low="нет", high="да"),
        Scale(key="vremya", text="Хватает ли времени?", low="нет", high="да"),
        Scale(key="slova", text="Понятны ли слова?", low="нет", high="да"),
    ],
    open_question="Что изменить?",
    html="<p>Ответы без имён.</p>",
)


@pytest.fixture
def survey(app):
    """A survey after the second lesson."""
    facts = {"title": SURVEY.title, "after_module": SURVEY.after_module}
    edition = SurveyEdition(
        slug=SURVEY.slug,
        content_hash="0" * 64,
        content=SURVEY.model_dump(mode="json"),
        **facts,
    )
    return save(edition)


@pytest.fixture
def surveyed(survey, lessons, cohort):
    """The cohort on the day on which the survey opens."""
    cohort.rows[1].due_on = today()
    db.session.commit()
    return cohort


def asking_of(user):
    """The survey as it is asked of a person."""
    place = place_of(user)
    return next(iter(surveys_of([place.team.cohort], user)))


def reply(user, mark=4, words=""):
    """Answer the survey with one mark."""
    marks = {scale.key: mark for scale in SURVEY.scales}
    place = place_of(user)
    answer_survey(asking_of(user), membership=place, marks=marks, text=words)


def replies_of(team, size, mark=4, words=""):
    """Let so many people of a team answer."""
    for user_id in crew(team, size):
        reply(db.session.get_one(User, user_id), mark, words)


def close_survey():
    """Let the last day of the survey pass; its round."""
    found = db.session.scalars(sa.select(SurveyRound)).one()
    found.closes_on = today() - timedelta(days=1)
    return save(found)
