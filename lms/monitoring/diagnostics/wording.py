"""How the diagnostics speak of figures and of what waits for somebody."""

from fractions import Fraction

from lms.core.language import day, plural
from lms.monitoring.diagnostics.models import Moment
from lms.monitoring.diagnostics.standing import Standing

PROMISE = (
    "Отметки здесь нет, на сертификат ответы не влияют,"
    " и тьюторы не видят, кто как ответил: только итоги групп от пяти человек."
)
NAMES = {Moment.ENTRY: "Входная диагностика", Moment.EXIT: "Выходная диагностика"}
HIDDEN = "скрыто"


def in_points(value: Fraction) -> str:
    """«+12», «−3», «0»: how much more, in points of a hundred."""
    points = round(value)
    return f"{points:+d}".replace("-", "−") if points else "0"


def spell_points(value: Fraction) -> str:
    """«+12 пунктов», «−1 пункт»: the same in a sentence."""
    points = round(value)
    sign = "+" if points > 0 else "−" if points else ""
    return sign + plural(abs(points), "пункт", "пункта", "пунктов")


def in_percent(value: Fraction) -> str:
    """«45 %»."""
    return f"{round(value)}\N{NO-BREAK SPACE}%"


def request_of(standing: Standing) -> str:
    """Say what waits for a person, and until when."""
    if standing.asked is Moment.ENTRY and standing.closes_on:
        until = day(standing.closes_on)
        return f"Входная диагностика до {until}: без отметки, видите её только вы"
    return "Выходная диагностика: покажет, чему научил курс; без отметки"
