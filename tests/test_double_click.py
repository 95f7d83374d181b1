"""Every form that adds something: a double click adds one thing and leads to it."""

from datetime import date, timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.monitoring.projects.models import Event, ProjectComment, ProjectTask, Risk
from lms.network.partners.models import Agreement, Partner
from lms.network.ventures.models import Venture
from lms.overview.announcements.models import Announcement
from lms.review.appeals.models import Appeal
from lms.review.deferrals.models import Deferral
from lms.review.questions.models import Question
from lms.review.remarks.models import BankRemark
from lms.review.threads.models import Message
from lms.schools.enrolments.models import Enrolment
from lms.schools.enrolments.sheets import sample
from lms.schools.invitations.services import current_invitation, invite
from lms.schools.meetings.models import Meeting
from lms.schools.teams.models import Team
from lms.work.quizzes.models import QuizResult
from lms.work.submissions.services import start_submission
from tests import sample_course
from tests.conftest import count
from tests.partners import new_partner
from tests.works import send, send_back

KEY = {"form_key": "2b" * 16}
LATER = date.today() + timedelta(days=21)
NAME = {"full_name": "Зимин Егор Ильич", "email": "zimin@example.org"}
ABOUT = {"place": "nachnite-s-zaprosa", "text": "Сколько?"}
BUSINESS = {"kind": "BUSINESS", "keeper_id": "0", "member_id": "0"}
FORMS = {
    Event: (
        "captain",
        "/projects/1/events/new",
        {"what": "Встреча", "who": "Зимин"},
    ),
    Partner: ("captain", "/partners/schools/1/new", {"name": "Депо"} | BUSINESS),
    Agreement: ("captain", "/partners/1/agreements/new", {"kind": "CONTRACT"}),
    Venture: (
        "captain",
        "/partners/projects/schools/1/new",
        {"title": "Сад", "kind": "SOCIAL", "authors": "PUPILS"},
    ),
    ProjectTask: ("captain", "/projects/1/tasks/new", {"text": "Узнать запросы"}),
    Risk: ("captain", "/projects/1/risks/new", {"text": "Срыв", "is_planned": "y"}),
    ProjectComment: ("tutor", "/projects/1/comments/RISKS", {"text": "А если?"}),
    Meeting: (
        "tutor",
        "/agenda/meetings/new",
        {"title": "Разбор", "day": "31.12.2098", "clock": "17:00", "minutes": "60"},
    ),
    Announcement: (
        "tutor",
        "/announcements/new",
        {"title": "Вебинар", "text": "В среду.", "until": "31.12.2098"},
    ),
    Team: (
        "admin",
        "/teams/new/1",
        {"school_id": 0, "school": "Лицей", "municipality": "Искитим", "tutor_id": 0},
    ),
    Cohort: ("admin", "/cohorts/new", {"calendar": "two_years"}),
    User: ("admin", "/people/new", NAME | {"roles": ["TUTOR"]}),
    QuizResult: (
        "member",
        "/quizzes/nastavnichestvo/",
        {"question-1": "2", "question-2": ["1", "2"]},
    ),
    Message: ("captain", "/threads/1/", {"text": "Сколько запросов нужно?"}),
    Question: (
        "member",
        "/questions/nastavnichestvo/ask",
        {"text": "Сколько?"} | ABOUT,
    ),
    Deferral: ("captain", "/deferrals/works/1", {"wanted_on": LATER.isoformat()}),
    Appeal: ("captain", "/appeals/ask/1/1", {}),
}
SHARED = {
    "due_on": LATER.isoformat(),
    "starts_on": "2027-09-01",
    "name": "Осень 2027",
    "place": "Школа",
    "audience": "cohort-1",
    "reason": "Мы назвали пятерых ребят и спросили каждого, что он хочет уметь сам.",
}


@pytest.fixture
def stage(request, module, team, captain, member, tutor, tutor2, admin):
    """What the forms need: a course, and a work that is under way or came back."""
    sample_course.store_course()
    new_partner(team, captain)
    if request.getfixturevalue("kind") is Deferral:
        start_submission(module, user=captain, team=team)
    else:
        send_back(send(module, captain, team), tutor)


@pytest.mark.parametrize("kind", FORMS)
def test_double_click_adds_one(stage, kind, request, sign_in):
    name, url, typed = FORMS[kind]
    browser, form = sign_in(request.getfixturevalue(name)), SHARED | typed | KEY
    before = count(kind)

    first, second = (browser.post(url, data=form) for _ in "12")

    assert count(kind) == before + 1
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.location == second.location


@pytest.mark.parametrize("kind", [Event, Meeting, QuizResult, Message, Question])
def test_page_that_was_gone_back_to_adds_another(stage, kind, request, sign_in):
    name, url, typed = FORMS[kind]
    browser, form = sign_in(request.getfixturevalue(name)), SHARED | typed | KEY
    before = count(kind)

    for other in ({}, {"what": "Ещё", "title": "Ещё", "text": "Ещё", "question-1": 1}):
        browser.post(url, data=form | other)

    assert count(kind) == before + 2


def test_remark_kept_twice_is_one_remark(module, captain, team, tutor, sign_in):
    work = send(module, captain, team).submission
    browser, url = sign_in(tutor), f"/reviews/{work.id}/"
    typed = {"kept-form_key": "2b" * 16, "remark-svyaz": "Чей?", "remark-pary": "Кто?"}
    assert 'name="kept-form_key"' in browser.get(url).text

    pages = [
        browser.post(f"{url}keep/{criterion}", data=typed)
        for criterion in ("svyaz", "svyaz", "pary")
    ]

    assert [page.status_code for page in pages] == [302, 302, 302]
    assert count(BankRemark) == 2


# Rows of these tables come from no form that a person presses.
OF_THE_SITE = {
    "attempt_file": "goes with an attempt, which is numbered",
    "audit_event": "goes with what happened",
    "course_edition": "is written by an import",
    "demonstration": "is written by `lms.demo`",
    "diagnostics_edition": "is written by an import",
    "draft_file": "goes with an upload, and files of a work are counted",
    "field_version": "goes with a save, which is counted",
    "heartbeat": "is written by a worker",
    "measures_edition": "is written by an import",
    "survey_edition": "is written by an import",
    "survey_reply": "goes with a respondent, who is one",
    "survey_words": "goes with a respondent, who is one",
    "task_switch": "locks its work, and a second press finds it done",
    "upload": "is written by a script, for a while",
}


def test_every_table_tells_a_second_press(app):
    mappers = db.Model.registry.mappers
    open_to_two = {
        mapper.local_table.name
        for mapper in mappers
        if [column.name for column in mapper.primary_key] == ["id"]
        and not _is_told_apart(mapper.local_table)
    }

    assert open_to_two == set(OF_THE_SITE)


def _is_told_apart(table):
    return any(
        isinstance(one, sa.UniqueConstraint) for one in table.constraints
    ) or any(index.unique for index in table.indexes)


@pytest.mark.parametrize("endings", ["", " "])
def test_list_sent_twice_is_one_list(sign_in, admin, cohort, endings):
    contents = [sample("csv"), sample("csv") + endings.encode()]
    browser, url = sign_in(admin), f"/enrolments/cohorts/{cohort.id}/new"

    for content in contents:
        browser.post(url, data=KEY | {"file": (BytesIO(content), "люди.csv")})

    assert count(Enrolment) == len(set(contents))


def test_who_joins_with_a_double_click_is_in(app, team, captain):
    invite(team, actor=captain)
    url = f"/invitations/{current_invitation(team).token}"
    form = NAME | KEY | {"position": "GRADUATE", "password": "утюг сирень вокзал"}

    first, second = (app.test_client().post(url, data=form) for _ in "12")

    assert first.location == second.location == "/home/"
    assert count(User) == 2


def test_two_presses_at_once_add_one(team, captain, race, app, sign_in):
    browser = sign_in(captain)
    _, url, typed = FORMS[Event]

    answers = race(*[lambda: browser.post(url, data=SHARED | typed | KEY)] * 4)

    assert {answer.status_code for answer in answers} == {302}
    assert count(Event) == 1


def test_page_gives_each_form_a_key_of_its_own(team, captain, sign_in):
    browser, _, url = sign_in(captain), *FORMS[Event][:2]

    pages = {browser.get(url).text for _ in "12"}

    assert all('name="form_key"' in page for page in pages)
    assert len(pages) == 2
