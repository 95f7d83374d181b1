"""What an event is, and the tabs of a project."""

import enum


class EventKind(enum.Enum):
    """What an event is. The value is what people read."""

    MEETING = "встреча"
    TRAINING = "обучение"
    PROJECT = "проект"
    DOCUMENT = "документ"
    OTHER = "другое"


class Part(enum.Enum):
    """A tab of the project. The value is what people read."""

    RESULTS = "Результаты"
    EVENTS = "Мероприятия"
    RISKS = "Риски"
    QUARTER = "Квартал"
