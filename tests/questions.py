"""Questions about the lesson of the tests, in every state."""

import pytest

from lms.core.extensions import db
from lms.course.modules.services import publish
from lms.review.questions import services
from tests.sample_course import files_without, import_module

ANCHOR = "nachnite-s-zaprosa"
HEADING = "## Начните с запроса"
ANOTHER = f"{HEADING[3:]}, а не со списка"


def ask(module, team, author, text="Сколько запросов нужно?", **facts):
    return services.ask(
        module.current_revision, ANCHOR, text, author=author, team=team, **facts
    )


@pytest.fixture
def question(module, team, member):
    return ask(module, team, member)


@pytest.fixture
def answered(question, tutor):
    services.answer(question, "Пяти хватит.", tutor=tutor)
    db.session.refresh(question)
    return question


@pytest.fixture
def shared(answered, tutor):
    services.share(answered, "Сколько нужно?", "Пять.", tutor=tutor)
    db.session.refresh(answered)
    return answered


def republish(lesson):
    publish(import_module(files=files_without(lesson=lesson)), actor=None)
