"""The school's project in the letter of the day."""

from datetime import timedelta

import pytest

from lms.core.language import today
from lms.identity.letters.models import Letter
from lms.monitoring.projects.comments import comment
from lms.monitoring.projects.models import Part
from lms.overview.digest.contents import digest_of
from tests.conftest import member_of, person
from tests.projects import change, plan_event


def text_of(someone, *unwanted):
    digest = digest_of(someone, unwanted=unwanted)
    return "\n".join(line.text for section in digest.sections for line in section.lines)


@pytest.fixture
def late(team, captain):
    """Return a function that adds an event whose day was so many days ago."""

    def add(days, who="Фролова"):
        due_on = today() - timedelta(days=days)
        return plan_event(team, captain, who=who, due_on=due_on)

    return add


@pytest.mark.parametrize(
    ("days", "is_told"), [(0, False), (1, True), (2, False), (7, False), (8, True)]
)
def test_event_without_a_mark_is_named_the_day_after_and_then_weekly(
    late, captain, days, is_told
):
    late(days)

    assert ("без отметки: Опрос" in text_of(captain)) is is_told


def test_whoever_is_named_is_reminded_instead_of_the_captain(late, captain, member):
    late(1, who="тренер и орлов О.С.")

    assert "без отметки" in text_of(member)
    assert "без отметки" not in text_of(captain)


@pytest.mark.parametrize(
    "facts",
    [{"done_on": today}, {"why_not": lambda: "Карантин"}],
    ids=["held", "missed"],
)
def test_event_with_a_mark_is_not_named(late, captain, facts):
    event = late(1)
    change(event, captain, **{name: value() for name, value in facts.items()})

    assert "без отметки" not in text_of(captain)


def test_reminder_can_be_switched_off(late, captain):
    late(1)

    assert "без отметки" not in text_of(captain, Letter.REMINDER)


def test_comment_is_told_to_the_other_side(team, captain, member, tutor):
    team.tutor = tutor
    comment(team, Part.RISKS, "А если карантин?", author=tutor)
    comment(team, Part.EVENTS, "Перенесли.", author=captain)

    assert "Илья Громов — комментарий к проекту школы, раздел «Риски»" in text_of(
        member
    )
    assert "раздел «Мероприятия»" in text_of(tutor)
    assert "раздел «Мероприятия»" not in text_of(captain)


def test_stranger_hears_of_no_comment(team, other_team, tutor):
    stranger = member_of(other_team, person("Рогов Пётр", "rogov@example.org"))
    comment(team, Part.RISKS, "А если карантин?", author=tutor)

    assert "комментарий" not in text_of(stranger)
