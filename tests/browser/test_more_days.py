"""A team asks for more days and gets them, with scripts and without."""

from datetime import timedelta

import pytest

from lms.core.language import today
from tests.browser import journey, team


@pytest.fixture
def people(scripts, visit, site):
    """The captain with the work open, and the tutor on the start page."""
    work_id = team.begin_work(site)
    captain = visit(scripts=scripts).sign_in(team.CAPTAIN)
    captain.page.goto(f"/drafts/{work_id}/")
    tutor = visit(scripts=scripts).sign_in(team.TUTOR)
    return captain, tutor


def ask(captain, day, reason):
    captain.page.get_by_label("До какого дня").fill(day.isoformat())
    captain.page.get_by_label("Почему нужно больше времени").fill(reason)
    captain.press("Отправить просьбу")


def test_more_days_are_asked_for_and_given(people, site):
    captain, tutor = people
    with site.app_context():
        now = today()
    captain.follow("Попросить больше времени")
    ask(captain, now, "Карантин.")
    journey.says(captain, "Этот день уже наступил.")
    ask(captain, now + timedelta(days=12), "Карантин в двух классах.")
    journey.says(captain, "Тьютор ещё не ответил")

    journey.start_page(tutor)
    tutor.follow("1 команда просит больше времени")
    tutor.follow("Школа № 12, команда «Опора»")
    journey.says(tutor, "Карантин в двух классах.")
    tutor.press("Продлить срок")
    journey.says(tutor, "Срок продлён до")

    captain.page.reload()
    journey.says(captain, "Срок продлён до")
