"""What may be chosen about letters."""

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import SelectChoice

from lms.core.choices import TicksField
from lms.identity.letters.models import AT_ONCE, DAILY, MONTHLY, Letter

GROUPS = {"at_once": AT_ONCE, "daily": DAILY, "monthly": MONTHLY}


class KindsField(TicksField):
    """Kinds of letters, each with a box to tick."""

    @property
    def chosen(self) -> set[Letter]:
        return {Letter[name] for name in self.data or ()}


class LettersForm(FlaskForm):
    """Which letters a person wants: at once, and in that of the day or the month."""

    at_once = KindsField("Сразу")
    daily = KindsField("В одном письме утром")
    monthly = KindsField("Раз в месяц")

    def __init__(self, offered: Iterable[Letter], off: set[Letter]) -> None:
        self.offered = [letter for letter in Letter if letter in set(offered)]
        kinds = {
            name: [letter for letter in self.offered if letter in letters]
            for name, letters in GROUPS.items()
        }
        super().__init__(
            data={
                name: [letter.name for letter in letters if letter not in off]
                for name, letters in kinds.items()
            }
        )
        for name, letters in kinds.items():
            self[name].choices = [SelectChoice(k.name, k.value) for k in letters]

    @property
    def wanted(self) -> set[Letter]:
        return self.at_once.chosen | self.daily.chosen | self.monthly.chosen
