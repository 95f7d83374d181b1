"""The three kinds of rows: where each stands, and how it is spoken of."""

from typing import NamedTuple

from lms.monitoring.projects.forms import EventForm, RiskForm, RowForm, TaskForm
from lms.monitoring.projects.models import Part, ProjectRow


class Kind(NamedTuple):
    """Rows of one table of the project."""

    part: Part
    form: type[RowForm]
    # The head of the page on which one is changed, and of the page that adds one.
    title: str
    new_title: str
    added: str
    remove: str

    @property
    def model(self) -> type[ProjectRow]:
        return self.form.MODEL


KINDS = {
    "tasks": Kind(
        Part.RESULTS,
        TaskForm,
        "Задача проекта",
        "Новая задача",
        "Задача добавлена.",
        "Убрать задачу",
    ),
    "events": Kind(
        Part.EVENTS,
        EventForm,
        "Мероприятие",
        "Новое мероприятие",
        "Мероприятие добавлено.",
        "Убрать мероприятие",
    ),
    "risks": Kind(
        Part.RISKS, RiskForm, "Риск", "Новый риск", "Риск добавлен.", "Убрать риск"
    ),
}
