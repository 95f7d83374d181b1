"""What one person finds never holds a word of what another has for themselves."""

import re

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.core.storage import store_bytes
from lms.course.modules.models import Revision
from lms.outcomes.plans.plan import plan_of
from lms.outcomes.plans.services import edit_paragraph
from lms.overview.announcements.services import Words, announce
from lms.overview.search.index import refresh
from lms.overview.search.models import Kind
from lms.overview.search.results import find
from lms.overview.search.words import read_wanted
from lms.review.moderation.models import Reading
from lms.review.questions.services import answer, share
from lms.review.threads.services import write_message
from lms.schools.people.services import close_account
from lms.schools.teams.permissions import active_membership
from lms.work.drafts.sending import send_attempt
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import AttemptFile
from tests.conftest import count, person, save
from tests.projects import plan_event
from tests.questions import ask
from tests.works import accept, send, send_back

MARKER = "жирафовидный"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FOR_ALL = {Kind.LESSON, Kind.SHARED}
LINKS = re.compile(r'<a href="(/[^"]*)">')


def kinds_found(user, typed=MARKER):
    return set(find(user, read_wanted(typed)).kinds)


def people_found(user, person):
    name = person.full_name.split()[0]
    return [each for each, _ in find(user, read_wanted(name)).people]


@pytest.fixture
def lesson(module):
    """The lesson as it is live has the marker."""
    table = Revision.__table__
    content = dict(module.current_revision.content)
    content["lesson"] = content["lesson"] | {"plain_text": MARKER}
    db.session.connection().execute(table.update().values(content=content))
    refresh(anew=True)


@pytest.fixture
def world(lesson, module, team, captain, tutor):
    """A team whose every text holds the marker."""
    attempt = send(module, captain, team, zaprosy=f"{MARKER} запрос")
    work = attempt.submission
    write_message(work, author=captain, text=MARKER, seen=0, form_key="1" * 32)
    add_file(attempt)
    send_back(attempt, tutor, summary=MARKER)
    accept(send_attempt(work, author=captain), tutor)
    reword_plan(team, captain)
    question = ask(module, team, captain, MARKER)
    answer(question, "Пяти хватит.", tutor=tutor)
    share(question, MARKER, "Пять.", tutor=tutor)
    words = Words("Встреча", MARKER, today())
    announce(team.cohort, team, words, author=tutor)
    plan_event(team, captain, what=MARKER)
    return work


def add_file(attempt):
    """Put a document whose text has the marker to a version."""
    sha256 = store_bytes(b"letters").sha256
    facts = {"attempt_id": attempt.id, "sha256": sha256, "media_type": DOCX, "size": 7}
    save(AttemptFile(**facts, name="письмо.docx"))
    content = {"blocks": [{"text": MARKER, "rows": []}], "names": []}
    save(StoredExcerpt(sha256=sha256, kind="docx", content=content))


def reword_plan(team, author):
    """Give the first paragraph of a team's plan words of its own."""
    section = plan_of(team)[0]
    facts = {"text": MARKER, "base_version": 0, "author": author}
    edit_paragraph(team, section, section.paragraphs[0], **facts)


def test_team_its_tutor_and_admins_find_all_of_it(world, captain, member, tutor, admin):
    for user in (captain, member, tutor, admin):
        assert kinds_found(user) == set(Kind)


def test_others_find_what_all_may_read_at_most(world, other, other_tutor):
    stranger = person("Чужая Анна", "chuzhaya@example.ru")

    assert kinds_found(other) == kinds_found(other_tutor) == FOR_ALL
    assert kinds_found(stranger) == set()


@pytest.mark.parametrize("who", ["captain", "member", "tutor", "admin"])
def test_everything_found_leads_to_a_page_that_opens(world, sign_in, request, who):
    browser = sign_in(request.getfixturevalue(who))
    page = browser.get("/search/", query_string={"q": MARKER}).text
    links = LINKS.findall(page.partition("<main")[2].partition("</main")[0])

    answers = {link: browser.get(link).status_code for link in links}

    assert len(links) >= len(Kind)
    assert set(answers.values()) == {200}


def test_member_who_left_finds_their_own_question(module, team, member, captain):
    ask(module, team, member, MARKER)
    membership = active_membership(member)
    membership.left_at = membership.joined_at

    assert kinds_found(member) == {Kind.QUESTION}
    assert kinds_found(captain) == {Kind.QUESTION}


def test_word_to_the_cohort_is_found_by_all_of_it(
    team, member, other, tutor, other_tutor
):
    announce(team.cohort, None, Words("Встреча", MARKER, today()), author=tutor)

    for user in (member, other, tutor):
        assert kinds_found(user) == {Kind.ANNOUNCEMENT}
    assert kinds_found(other_tutor) == set()


def test_second_reader_finds_the_work_and_no_word_about_it(
    module, cohort, captain, team, tutor, tutor2
):
    cohort.second_share = 100
    attempt = send(module, captain, team, zaprosy=MARKER)
    accept(attempt, tutor)
    assert count(Reading) == 1

    assert kinds_found(tutor2) == {Kind.WORK}
    assert Kind.REMARK not in kinds_found(tutor2, "хорошо")
    assert Kind.REMARK in kinds_found(tutor, "хорошо")


def test_whoever_left_the_team_finds_it_no_more(world, member):
    for membership in [m for m in world.team.memberships if m.user_id == member.id]:
        membership.left_at = membership.joined_at

    assert kinds_found(member) == set()


def test_person_is_found_by_those_who_see_the_team(
    member, captain, tutor, admin, other, other_tutor
):
    for user in (captain, tutor, admin):
        assert people_found(user, member) == [member]
    for user in (other, other_tutor):
        assert people_found(user, member) == []


def test_closed_account_is_found_by_admins_alone(member, captain, tutor, admin):
    close_account(member, actor=admin)

    assert people_found(captain, member) == people_found(tutor, member) == []
    assert people_found(admin, member) == [member]


@pytest.mark.parametrize("enough", [0, 500])
def test_rare_and_frequent_words_are_found_alike(
    world, tutor, other_tutor, admin, monkeypatch, enough
):
    """Somebody who sees much has words named where they are few."""
    monkeypatch.setattr("lms.overview.search.results.ENOUGH", enough)
    monkeypatch.setattr("lms.overview.search.permissions.FEW_COHORTS", 0)

    assert kinds_found(tutor) == kinds_found(admin) == set(Kind)
    assert kinds_found(other_tutor) == FOR_ALL


def test_search_of_all_kinds_takes_seven_statements(world, admin, count_statements):
    assert admin.id  # is loaded

    with count_statements() as statements:
        find(admin, read_wanted(MARKER))

    assert len(statements) == 7
