"""How surveys speak of their figures and of what waits for somebody."""

from fractions import Fraction

from babel.numbers import format_decimal

from lms.core.language import RU, day
from lms.monitoring.surveys.standing import Asking


def in_marks(value: Fraction) -> str:
    """«4,2»: a mean mark."""
    return format_decimal(round(float(value), 1), format="0.0", locale=RU)


def request_of(asking: Asking) -> str:
    """Say what waits for a person, and until when."""
    return f"Опрос «{asking.title}» до {day(asking.closes_on)}: две минуты, без имени"
