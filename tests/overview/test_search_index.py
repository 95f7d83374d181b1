"""The index is what people wrote: after a withdrawal, after a night."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.core.language import today
from lms.core.storage import store_bytes
from lms.identity.accounts.models import User
from lms.monitoring.projects.models import Event
from lms.overview.announcements.services import Words, announce, correct, withdraw
from lms.overview.search import index
from lms.overview.search.models import Kind, Passage
from lms.overview.search.results import find, snippet_of
from lms.overview.search.words import read_wanted
from lms.review.questions.models import Question
from lms.review.questions.services import answer, share, withdraw_shared
from lms.work.drafts.withdrawing import withdraw_attempt
from lms.work.previews.models import StoredExcerpt
from lms.work.submissions.models import AttemptFile, Submission
from tests.conftest import count, save
from tests.projects import change, plan_event
from tests.works import send

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
WORD = "жирафовидный"


@pytest.fixture(name="attempt")
def attempt_with_file(module, captain, team):
    """A version and its file, both with the word."""
    attempt = send(module, captain, team, zaprosy=WORD)
    sha256 = store_bytes(b"letters").sha256
    facts = {"attempt_id": attempt.id, "sha256": sha256, "media_type": DOCX, "size": 7}
    save(AttemptFile(**facts, name="письмо.docx"))
    content = {"blocks": [{"text": WORD, "rows": []}], "names": []}
    save(StoredExcerpt(sha256=sha256, kind="docx", content=content))
    return attempt


@contextmanager
def just_before_it_is_indexed(app, kind, call):
    """Have something happen elsewhere before the first of a kind is indexed here."""
    db.session.commit()
    calls = [call]

    def meanwhile(_connection, _cursor, statement, facts, *_):
        is_added = "INTO passage" in statement and kind.name in str(facts)
        if is_added and calls:
            with ThreadPoolExecutor(1) as thread:
                thread.submit(in_another_session, app, calls.pop()).result()

    sa.event.listen(db.engine, "before_cursor_execute", meanwhile)
    try:
        yield
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", meanwhile)


def in_another_session(app, call):
    with app.app_context():
        call()
        db.session.remove()


def kinds_found(user):
    return set(find(user, read_wanted(WORD)).kinds)


def wrong_by_night(caplog):
    caplog.clear()
    index.check({})
    return [
        record.message for record in caplog.records if record.name.endswith("index")
    ]


def test_version_taken_back_is_found_by_its_authors_alone(
    attempt, captain, admin, tutor
):
    assert kinds_found(tutor) == {Kind.WORK, Kind.DOCUMENT}

    withdraw_attempt(attempt.submission, 1, member=captain)

    assert kinds_found(tutor) == set()
    assert kinds_found(captain) == kinds_found(admin) == {Kind.WORK, Kind.DOCUMENT}


def test_version_taken_back_stays_hidden_when_all_is_indexed_anew(
    attempt, captain, tutor
):
    withdraw_attempt(attempt.submission, 1, member=captain)

    index.refresh(anew=True)

    assert kinds_found(tutor) == set()
    assert kinds_found(captain) == {Kind.WORK, Kind.DOCUMENT}


def test_file_is_found_by_what_newer_rules_have_read(attempt, captain):
    stored = db.session.scalars(sa.select(StoredExcerpt)).one()

    stored.content = {"blocks": [{"text": "Тюлень", "rows": []}], "names": []}
    db.session.commit()

    assert set(find(captain, read_wanted("тюлень")).kinds) == {Kind.DOCUMENT}


def test_night_finds_nothing_wrong_with_what_people_wrote(attempt, caplog):
    assert wrong_by_night(caplog) == []


def test_night_mends_what_is_missing_or_left_over_and_says_so(attempt, captain, caplog):
    lost, left_over = Kind.WORK, {"kind": Kind.ACTION, "source_id": 404}
    db.session.execute(sa.delete(Passage).where(Passage.kind == lost))
    save(Passage(**left_over, team_id=attempt.submission.team_id, text="", words=WORD))

    said = wrong_by_night(caplog)

    assert said == ["search: 2 passages were missing or left over"]
    assert kinds_found(captain) == {Kind.WORK, Kind.DOCUMENT}


def test_newest_come_first_after_all_is_indexed_anew(
    module, captain, other, team, other_team, tutor
):
    for author, owner in ((captain, team), (other, other_team)):
        send(module, author, owner, zaprosy=WORD)

    def teams():
        works = find(tutor, read_wanted(WORD)).kinds[Kind.WORK]
        return [result.team for result in works]

    assert teams() == [other_team, team]
    index.refresh(anew=True)
    assert teams() == [other_team, team]


def test_worker_fills_an_index_that_is_empty(attempt, captain):
    db.session.execute(sa.delete(Passage))

    index.catch_up()
    index.catch_up()
    while run_next():
        pass

    assert kinds_found(captain) == {Kind.WORK, Kind.DOCUMENT}


def test_worker_fills_what_was_there_before_the_last_words(
    attempt, captain, module, other, other_team
):
    db.session.execute(sa.delete(Passage))
    send(module, other, other_team)

    index.catch_up()
    while run_next():
        pass

    assert kinds_found(captain) == {Kind.WORK, Kind.DOCUMENT}


def test_index_is_filled_a_job_after_another(attempt, captain, monkeypatch):
    monkeypatch.setattr(index, "BATCH", 1)
    monkeypatch.setattr(index, "BATCHES_OF_A_JOB", 1)
    before = count(Passage)
    db.session.execute(sa.delete(Passage))

    index.catch_up()
    while run_next():
        pass

    assert count(Passage) == before


def test_lines_of_a_plan_changed_at_once_are_both_found(team, captain, race):
    lines = [plan_event(team, captain, what="Прежнее") for _ in range(2)]
    numbers, captain_id = [line.id for line in lines], captain.id

    def rename(number, what):
        author = db.session.get_one(User, captain_id)
        change(db.session.get_one(Event, number), author, what=what)

    race(lambda: rename(numbers[0], "Ярмарка"), lambda: rename(numbers[1], "Поход"))

    for word in ("ярмарка", "поход"):
        assert Kind.ACTION in find(captain, read_wanted(word)).kinds
    assert find(captain, read_wanted("прежнее")).kinds == {}


@only_postgresql
def test_line_of_a_plan_changes_while_all_is_indexed_anew(team, captain, app):
    event = plan_event(team, captain, what="Прежнее")
    db.session.execute(sa.delete(Passage))

    with just_before_it_is_indexed(app, Kind.ACTION, index.refresh):
        change(event, captain, what="Ярмарка")

    assert Kind.ACTION in find(captain, read_wanted("ярмарка")).kinds
    assert find(captain, read_wanted("прежнее")).kinds == {}


@only_postgresql
def test_what_was_indexed_meanwhile_stops_no_index(attempt, app, captain, tutor):
    number, captain_id = attempt.submission_id, captain.id
    db.session.execute(sa.delete(Passage))

    def take_back():
        work = db.session.get_one(Submission, number)
        withdraw_attempt(work, 1, member=db.session.get_one(User, captain_id))

    with just_before_it_is_indexed(app, Kind.WORK, take_back):
        index.refresh()

    assert kinds_found(tutor) == set()


def test_answer_is_found_with_its_question(question, member, tutor):
    answer(question, WORD, tutor=tutor)

    assert kinds_found(member) == {Kind.QUESTION}


def test_two_answers_of_one_moment_are_both_found(app, question, member, tutor, race):
    ids = question.id, tutor.id

    def say(text):
        asked, by = db.session.get(Question, ids[0]), db.session.get(User, ids[1])
        answer(asked, text, tutor=by)

    race(lambda: say(WORD), lambda: say("бегемотовидный"))

    for word in (WORD, "бегемотовидный"):
        assert set(find(member, read_wanted(word)).kinds) == {Kind.QUESTION}


def test_general_answer_is_found_until_it_is_withdrawn(answered, other, tutor):
    share(answered, "Сколько?", "Пять.", tutor=tutor)
    share(answered, "Сколько?", WORD, tutor=tutor)
    found = kinds_found(other)
    withdraw_shared(answered, tutor=tutor)

    assert found == {Kind.SHARED}
    assert kinds_found(other) == set()


def test_announcement_is_found_by_its_last_words(team, member, tutor, caplog):
    first = Words("Встреча", "бегемотовидный", today())
    said = announce(team.cohort, None, first, author=tutor)
    correct(said, Words("Встреча", WORD, today()), seen=1, actor=tutor)
    found = kinds_found(member)
    withdraw(said, actor=tutor)

    assert found == {Kind.ANNOUNCEMENT}
    assert kinds_found(member) == set()
    assert wrong_by_night(caplog) == []


def test_word_broken_by_signs_of_word_is_found_and_marked(module, captain, team):
    broken = f"{WORD[:4]}\u00ad{WORD[4:]}"
    send(module, captain, team, zaprosy=f"{'Начало. ' * 60}{broken}")

    works = sa.select(Passage.text).where(Passage.kind == Kind.WORK)
    text = db.session.scalars(works).one()

    assert (WORD, True) in snippet_of(text, read_wanted(WORD))
