"""What rows of a project may say; the form and the merge of two edits ask the same."""

from collections.abc import Mapping
from typing import Any

from lms.core.language import today
from lms.monitoring.projects.models import Event, ProjectRow, Risk

AHEAD = "Этот день ещё не наступил: отмечают то, что уже было."
NO_DAY = (
    "Поставьте срок. Если мероприятия не было в плане, оставьте срок пустым и"
    " поставьте день, когда его провели."
)
NO_HELD_DAY = "Поставьте день, когда провели."
BOTH = (
    "Мероприятие отмечено как проведённое, причина не нужна. Уберите её или день и"
    " описание."
)
NO_REASON = "Причина нужна мероприятию из плана: поставьте срок."
NEVER_CAME = (
    "Риск, которого не предполагали, записывают, когда он случился: поставьте день."
)

Complaints = dict[str, str]


def complaints_about_event(values: Mapping[str, Any]) -> Complaints:
    """Return what is wrong by field; a reason and a fact exclude each other."""
    due_on, done_on = values.get("due_on"), values.get("done_on")
    fact, why_not = values.get("fact"), values.get("why_not")
    if done_on and done_on > today():
        return {"done_on": AHEAD}
    if why_not and (done_on or fact):
        return {"why_not": BOTH}
    if fact and not done_on:
        return {"done_on": NO_HELD_DAY}
    if not due_on and why_not:
        return {"due_on": NO_REASON}
    return {} if due_on or done_on else {"due_on": NO_DAY}


def complaints_about_risk(values: Mapping[str, Any]) -> Complaints:
    """A risk came on a day that was; an unforeseen one is known because it came."""
    came_on = values.get("came_on")
    if came_on and came_on > today():
        return {"came_on": AHEAD}
    if not came_on and not values.get("is_planned"):
        return {"came_on": NEVER_CAME}
    return {}


def complaints_about(model: type[ProjectRow], values: Mapping[str, Any]) -> Complaints:
    """Return what is wrong with a row by its kind."""
    if issubclass(model, Event):
        return complaints_about_event(values)
    return complaints_about_risk(values) if issubclass(model, Risk) else {}
