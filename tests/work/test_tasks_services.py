"""A draft answers the task it began with, until its team takes a newer one."""

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.course.modules.services import publish, withdraw
from lms.work.drafts import sending
from lms.work.drafts.models import DraftField
from lms.work.drafts.sending import send_attempt
from lms.work.drafts.services import save_field
from lms.work.submissions.services import start_submission, task_of
from lms.work.tasks.models import TaskSwitch
from lms.work.tasks.services import left_fields_of, newer_task_of, switch_task
from tests.conftest import copies_of, count
from tests.sample_course import ASSIGNMENT, LESSON, files_without, import_module
from tests.works import send, send_back

OTHER_TASK = ASSIGNMENT.replace(
    "key: pary\n    label: Первые", "key: dvoe\n    label: Другие"
).replace("fields: [pary]", "fields: [dvoe]")


@pytest.fixture
def work(module, captain, team):
    """What «Опора» writes, with a text in each field."""
    work = start_submission(module, user=captain, team=team)
    for key, text in (("zaprosy", "Пятеро хотят шить."), ("pary", "Швея и двое.")):
        save_field(work, key, text, base_version=0, author=captain)
    return work


@pytest.fixture
def newer(work):
    """Another task, published while the team writes."""
    files = files_without("tutor.md", assignment=OTHER_TASK)
    publish(import_module(files=files), actor=None)
    return work.module.current_revision


def keys_of(work):
    return [field.key for field in task_of(work).fields]


def test_draft_answers_the_task_it_began_with(work, newer):
    assert keys_of(work) == ["zaprosy", "pary"]
    assert newer_task_of(work) is newer


def test_attempt_answers_it_too(work, newer, captain):
    attempt = send_attempt(work, author=captain)

    assert attempt.revision.number == 1
    assert [field["key"] for field in attempt.fields] == ["zaprosy", "pary"]


def test_text_is_saved_into_a_field_that_was_removed_meanwhile(work, newer, captain):
    save_field(work, "pary", "Швея и трое.", base_version=1, author=captain)

    assert db.session.get(DraftField, (work.id, "pary")).text == "Швея и трое."


def test_returned_work_is_mended_by_its_own_task(module, captain, team, tutor):
    work = send(module, captain, team).submission
    send_back(work.attempts[0], tutor)
    publish(
        import_module(files=files_without("tutor.md", assignment=OTHER_TASK)),
        actor=None,
    )

    assert keys_of(work) == ["zaprosy", "pary"]


def test_other_words_of_the_lesson_are_no_newer_task(work, module):
    lesson = LESSON.replace("Одна встреча.", "Две встречи.")
    publish(import_module(files=files_without(lesson=lesson)), actor=None)

    assert newer_task_of(work) is None


def test_withdrawn_module_takes_no_answers(work, module, captain):
    withdraw(module, actor=None)

    with pytest.raises(RuleError, match="сейчас недоступно"):
        send_attempt(work, author=captain)


def test_team_takes_the_newer_task_and_its_texts_along(work, newer, captain):
    switch_task(work, seen=2, member=captain)

    assert keys_of(work) == ["zaprosy", "dvoe"]
    assert db.session.get(DraftField, (work.id, "zaprosy")).text.startswith("Пятеро")
    [left] = left_fields_of(work, task_of(work))
    assert (left.key, left.label) == ("pary", "Первые пары")


def test_switched_draft_is_sent_by_the_newer_task(work, newer, captain):
    switch_task(work, seen=2, member=captain)

    attempt = send_attempt(work, author=captain)

    assert attempt.revision is newer


def test_task_that_changed_once_more_is_looked_at_again(work, newer, captain):
    with pytest.raises(RuleError, match="изменилось ещё раз"):
        switch_task(work, seen=1, member=captain)

    assert count(TaskSwitch) == 0


def test_competing_texts_are_settled_first(work, newer, captain, member):
    save_field(work, "pary", "Другое.", base_version=0, author=member)

    with pytest.raises(RuleError, match="выберите из них"):
        switch_task(work, seen=2, member=captain)

    assert keys_of(work) == ["zaprosy", "pary"]


def test_sent_work_switches_no_more(work, newer, captain):
    send_attempt(work, author=captain)

    with pytest.raises(RuleError, match="отвечает на прежнее"):
        switch_task(work, seen=2, member=captain)


def test_two_members_switch_once(work, newer, captain, member, race):
    works, people = copies_of(work), [copies_of(captain), copies_of(member)]

    race(*[lambda p=p: switch_task(works(), seen=2, member=p()) for p in people])

    assert count(TaskSwitch) == 1


def test_task_taken_while_the_work_is_sent_stops_it(work, newer, captain, monkeypatch):
    rendered = sending.render_answers

    def switch_meanwhile(texts):
        switch_task(work, seen=2, member=captain)
        return rendered(texts)

    monkeypatch.setattr(sending, "render_answers", switch_meanwhile)

    with pytest.raises(RuleError, match="кто-то из команды изменил"):
        send_attempt(work, author=captain)

    assert work.is_editable
