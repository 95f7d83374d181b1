"""Rows of a school's project, added and changed as people do."""

from lms.core.language import today
from lms.monitoring.projects.models import Event, ProjectTask, Risk
from lms.monitoring.projects.services import add_row, change_row


def plan_event(team, author, **facts):
    """Add an event that is due today."""
    values = {"what": "Опрос", "who": "Анна", "due_on": today()} | facts
    return add_row(team, Event, values, author=author)


def add_task(team, author, **facts):
    """Add a task."""
    values = {"text": "Узнать запросы"} | facts
    return add_row(team, ProjectTask, values, author=author)


def add_risk(team, author, **facts):
    """Add a risk that was foreseen."""
    values = {"text": "Мастер уходит", "is_planned": True} | facts
    return add_row(team, Risk, values, author=author)


def change(row, author, *, seen=None, base_version=None, **values):
    """Change some fields of a row, by default of the one that is there now."""
    version = base_version or row.version
    facts = {"seen": seen or {}, "base_version": version, "author": author}
    return change_row(row, values, **facts)
