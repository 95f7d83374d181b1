"""Rows of a project: what they may say, who was faster, what stays of a removed one."""

from datetime import date, timedelta

import pytest

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.monitoring.projects.models import Event, Project
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.rivals import rivals_of
from lms.monitoring.projects.services import project_of, remove_row, settle
from lms.schools.teams.models import School
from lms.schools.teams.services import edit_team
from tests.conftest import count
from tests.projects import add_risk, add_task, change, plan_event

# By the clock of any zone, they are past or ahead.
NOW, TOMORROW = date(2026, 1, 15), date(2098, 1, 1)


@pytest.fixture
def event(team, captain):
    return plan_event(team, captain)


def choose(event, member, keep):
    (rival,) = rivals_of(event)
    seen = rival.saved_at.isoformat()
    facts = {"seen": seen, "base_version": event.version, "author": member}
    settle(event, rival.id, keep=keep, **facts)


def test_teams_of_a_school_in_a_cohort_have_one_project(team, other_team, captain):
    other_team.school_id = team.school_id
    plan_event(team, captain)
    plan_event(other_team, captain)

    assert count(Project) == 1
    assert len(picture_of(project_of(team)).events) == 2


def test_project_follows_a_team_whose_school_was_wrong(team, captain, admin, event):
    lyceum = School(name="Лицей № 3", municipality="Бердск")

    edit_team(team, school=lyceum, name=team.name, tutor=None, actor=admin)

    assert [one.id for one in picture_of(project_of(team)).events] == [event.id]


def test_project_of_a_school_stays_while_a_team_of_it_does(
    team, other_team, captain, admin, event
):
    lyceum, other_team.school_id = other_team.school, team.school_id
    db.session.commit()

    edit_team(other_team, school=lyceum, name="Мост", tutor=None, actor=admin)

    assert (len(picture_of(project_of(team)).events), project_of(other_team)) == (
        1,
        None,
    )


def test_two_who_begin_at_once_begin_one_project(team, captain, race):
    team_id, captain_id = team.id, captain.id

    def begin():
        people = type(captain), type(team)
        author, own = (
            db.session.get_one(kind, key)
            for kind, key in zip(people, (captain_id, team_id), strict=True)
        )
        plan_event(own, author)

    race(begin, begin)

    assert (count(Project), count(Event)) == (1, 2)


def test_two_who_change_different_fields_lose_nothing(event, captain, member):
    seen = {"what": "Опрос", "who": "Анна"}
    change(event, captain, seen=seen, what="Опрос родителей", who="Анна")
    change(event, member, seen=seen, base_version=1, what="Опрос", who="Олег")

    assert (event.what, event.who, rivals_of(event)) == ("Опрос родителей", "Олег", [])


@pytest.mark.parametrize(
    ("keep", "what"),
    [("row", "Анкета"), ("rival", "Беседы"), ("both", "Анкета / Беседы")],
)
def test_two_who_change_one_field_choose_of_both_texts(
    event, captain, member, keep, what
):
    change(event, captain, seen={"what": "Опрос"}, what="Анкета")
    beside = change(
        event, member, seen={"what": "Опрос"}, base_version=1, what="Беседы"
    )
    assert (beside, event.what) == (["what"], "Анкета")

    choose(event, captain, keep)

    assert (event.what, rivals_of(event)) == (what, [])


def test_day_that_two_changed_is_chosen_too(event, captain, member):
    later = today() + timedelta(days=9)
    seen = {"due_on": today().isoformat()}
    change(event, captain, seen=seen, due_on=today() + timedelta(days=3))
    change(event, member, seen=seen, base_version=1, due_on=later)

    choose(event, captain, "rival")

    assert event.due_on == later


def test_choice_about_words_that_changed_meanwhile_is_refused(event, captain, member):
    change(event, captain, seen={"what": "Опрос"}, what="Анкета")
    change(event, member, seen={"what": "Опрос"}, base_version=1, what="Беседы")
    (rival,) = rivals_of(event)
    facts = {"seen": rival.saved_at.isoformat(), "base_version": 1, "author": captain}

    with pytest.raises(RuleError, match="Посмотрите ещё раз"):
        settle(event, rival.id, keep="rival", **facts)


def test_two_edits_that_together_say_nonsense_are_refused(event, captain, member):
    seen = {"why_not": "", "done_on": ""}
    change(event, captain, seen=seen, done_on=today())

    with pytest.raises(RuleError, match="причина не нужна"):
        change(event, member, seen=seen, base_version=1, why_not="Карантин")

    assert (event.done_on, event.why_not) == (today(), "")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"done_on": TOMORROW}, "ещё не наступил"),
        ({"done_on": NOW, "why_not": "Карантин"}, "причина не нужна"),
        ({"fact": "Пришли сорок"}, "Поставьте день"),
        ({"due_on": None}, "Поставьте срок"),
    ],
)
def test_event_that_says_nonsense_is_not_added(team, captain, facts, sentence):
    with pytest.raises(RuleError, match=sentence):
        plan_event(team, captain, **facts)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"came_on": TOMORROW}, "ещё не наступил"),
        ({"is_planned": False}, "когда он случился"),
    ],
)
def test_risk_that_says_nonsense_is_not_added(team, captain, facts, sentence):
    with pytest.raises(RuleError, match=sentence):
        add_risk(team, captain, **facts)


def test_days_of_a_correction_are_those_on_which_it_was_written(event, captain):
    change(event, captain, why_not="Карантин")
    event.missed_on = today() - timedelta(days=4)
    change(event, captain, correction="Перенесли в чаты")

    assert (event.missed_on, event.corrected_on) == (
        today() - timedelta(days=4),
        today(),
    )


def test_removed_row_is_in_no_table_and_changes_no_more(team, captain, event):
    task = add_task(team, captain)
    remove_row(event, author=captain)
    remove_row(task, author=captain)

    picture = picture_of(project_of(team))
    assert (picture.events, picture.tasks) == ([], [])
    with pytest.raises(RuleError, match="убрали"):
        change(event, captain, what="Снова")
