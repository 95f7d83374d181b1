"""A form that was refused says so first: in the title and in a list of mistakes."""

import re

import pytest

from tests import sample_course

FORMS = {
    "/accounts/sign-in": "guest",
    "/projects/1/events/new": "captain",
    "/partners/schools/1/new": "captain",
    "/agenda/meetings/new": "tutor",
    "/teams/new/1": "admin",
    "/cohorts/new": "admin",
    "/people/new": "admin",
    "/questions/nastavnichestvo/ask": "captain",
    "/quizzes/nastavnichestvo/": "captain",
    "/settings/": "admin",
}


@pytest.fixture
def visitor(request, url, module, captain, tutor, admin, sign_in, app):
    """Whoever may fill the form in."""
    sample_course.store_course()
    name = FORMS[url]
    return (
        app.test_client() if name == "guest" else sign_in(request.getfixturevalue(name))
    )


@pytest.mark.parametrize("url", FORMS)
def test_refused_form_says_so_in_the_title(visitor, url):
    asked = visitor.get(url).text
    refused = visitor.post(url, data={"title": ""}).text

    assert "<title>Не получилось: " not in asked
    assert "<title>Не получилось: " in refused
    assert refused.count('role="alert"') == 1


def test_mistakes_lead_to_their_fields(sign_in, captain):
    typed = {"what": "Встреча", "due_on": "завтра"}
    page = sign_in(captain).post("/projects/1/events/new", data=typed).text

    (mistakes,) = re.findall('role="alert">.*?</div>', page, re.DOTALL)
    assert '<a href="#who">Ответственные</a>: Назовите человека.' in mistakes
    assert '<a href="#due_on">Срок</a>: Такого дня нет.' in mistakes
    assert "Наименование" not in mistakes
