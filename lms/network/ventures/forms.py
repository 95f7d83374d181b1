"""What may be typed of a joint project."""

from collections.abc import Iterable
from typing import Any

from wtforms import IntegerField, SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from lms.core.choices import CHOOSE, KindField, TicksField
from lms.core.edit_forms import EditForm
from lms.core.fields import DayField, LineField, TextField
from lms.core.language import full_day
from lms.network.partners.forms import LONG
from lms.network.partners.models import Partner, cards_among
from lms.network.partners.rules import complaints_about
from lms.network.ventures.models import Authors, Venture, VentureKind

MOST = 1_000_000
WHOLE = NumberRange(0, MOST, message=f"Напишите число от 0 до {MOST}.")


class CardsField(TicksField):
    """With which partners of the school something is done.

    A card may be joined to another while the page is open.
    """

    GONE = "Кого-то из выбранных в списке больше нет. Проверьте отметки."

    def __init__(self, **kwargs: Any) -> None:
        super().__init__("С кем вместе", coerce=int, **kwargs)

    def process_data(self, value: Iterable[Partner] | None) -> None:
        """Tick the cards under which partners of a row are read."""
        self.data = [card.id for card in cards_among(value or ())]

    def offer(self, cards: Iterable[Partner]) -> None:
        """Have these partners to choose from."""
        self._cards = {card.id: card for card in cards}
        open_first = sorted(self._cards.values(), key=lambda one: one.is_closed)
        self.choices = [SelectChoice(one.id, _called(one)) for one in open_first]

    @property
    def chosen(self) -> list[Partner]:
        """Return the partners who are ticked."""
        ticked = self.data or []
        return [self._cards[key] for key in ticked if key in self._cards]


def _called(card: Partner) -> str:
    over = f", работали до {full_day(card.until)}" if card.until else ""
    return card.name + over


class VentureForm(EditForm):
    """A joint project: with whom, by whom, and what came of it."""

    WORDS = (
        *("title", "kind", "authors", "goal", "starts_on", "ends_on"),
        *("participants", "result", "amount", "unit", "press", "partners"),
    )
    complaints = staticmethod(complaints_about)
    title = LineField("Название", 200, InputRequired("Назовите проект."))
    kind = KindField(
        "Какой",
        VentureKind,
        InputRequired("Выберите, какой это проект."),
        none=CHOOSE,
    )
    partners = CardsField(name="partner_ids")
    authors = KindField(
        "Кто придумал", Authors, InputRequired("Выберите, кто придумал."), none=CHOOSE
    )
    goal = TextField("Зачем", LONG)
    starts_on = DayField("Начало", Optional())
    ends_on = DayField("Окончание", Optional())
    participants = IntegerField("Сколько участвовало", [Optional(), WHOLE])
    result = TextField("Что вышло", LONG)
    amount = IntegerField("Сколько, числом", [Optional(), WHOLE])
    unit = LineField("Чего", 60, description="Например: кг, книг, деревьев.")
    press = LineField("Где рассказали", 500, description="Газета, канал, ссылка.")

    def __init__(
        self, cards: Iterable[Partner], venture: Venture | None = None
    ) -> None:
        super().__init__(obj=venture)
        self.partners.offer(cards)
