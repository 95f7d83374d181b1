"""How counts are added up, and the words for them.

A share of a territory is the sum of the numerators over the sum of the denominators:
15 of 100 and 15 of 50 are 20 %. Nothing known is no 0 %.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.numbers import format_decimal

from lms.core.language import NBSP, RU
from lms.monitoring.indicators.hiding import Mark
from lms.monitoring.indicators.models import Count, Indicator, Unit

NO_DATA = "нет данных"
NONE = "–"


def total(counts: Iterable[Count]) -> Count:
    """Add counts up, numerators and denominators apart."""
    numerators, denominators = zip(*counts, strict=True)
    wholes = [one for one in denominators if one is not None]
    return Count(sum(numerators), sum(wholes) if wholes else None)


def share_of(count: Count) -> float | None:
    """Return a count in parts of a hundred; of nothing there are no parts."""
    if not count.denominator:
        return None
    return 100 * count.numerator / count.denominator


@dataclass(frozen=True)
class Figure:
    """A count of an indicator as it may be shown: of a school, or of a territory."""

    indicator: Indicator
    # None: nobody has said anything.
    count: Count | None
    hidden_numerator: Mark | None = None
    hidden_denominator: Mark | None = None
    is_of_school: bool = False

    @property
    def is_hidden(self) -> bool:
        return bool(self.hidden_numerator or self.hidden_denominator)

    @property
    def value(self) -> float | None:
        """Return what charts show; None where nothing is known or all is hidden."""
        if self.count is None or self.is_hidden:
            return None
        is_number = self.indicator.is_number
        return self.count.numerator if is_number else share_of(self.count)

    @property
    def numerator(self) -> str | int:
        return self._shown(self.count and self.count.numerator, self.hidden_numerator)

    @property
    def denominator(self) -> str | int:
        whole = self.count and self.count.denominator
        return self._shown(whole, self.hidden_denominator)

    @property
    def fact(self) -> str:
        """«20 %», «1 200», «да», «скрыто», «нет данных»."""
        if self.count is None:
            return NO_DATA
        if self.is_hidden:
            hidden = self.hidden_numerator if self.indicator.is_number else None
            return (hidden or Mark.COVER).value
        if self.value is None:
            return NO_DATA
        if self.is_of_school and self.indicator.unit is Unit.YES_NO:
            return "да" if self.count.numerator else "нет"
        return spell_value(self.indicator, self.value)

    @property
    def part(self) -> str:
        """The numerator as people read it."""
        return _spell(self.numerator)

    @property
    def whole(self) -> str:
        """The denominator as people read it."""
        return _spell(self.denominator)

    @staticmethod
    def _shown(number: int | None, mark: Mark | None) -> str | int:
        if mark:
            return mark.value
        return NONE if number is None else number


def _spell(number: str | int) -> str:
    return number if isinstance(number, str) else format_decimal(number, locale=RU)


def spell_value(indicator: Indicator, value: float | None) -> str:
    """«20 %» or «1 200»: a value of an indicator, a baseline or a target as well."""
    if value is None:
        return NONE
    number = format_decimal(round(value, 1), locale=RU)
    return number if indicator.is_number else f"{number}{NBSP}%"
