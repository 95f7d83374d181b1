"""What may be typed about pairs and their plans."""

from collections.abc import Sequence
from typing import Any

from wtforms.validators import InputRequired, Optional, ValidationError

from lms.core.choices import LongSelect, RowField
from lms.core.edit_forms import EditForm
from lms.core.fields import AddingForm, DayField, LineField, SeenField
from lms.core.fields import TextField as Text
from lms.core.language import today
from lms.network.pairs.models import PairEvent
from lms.schools.teams.models import School

LONG = 1000


class PairForm(AddingForm):
    """Two schools, what for, and until when."""

    first_id = RowField("Школа", "Выберите школу.", widget=LongSelect())
    second_id = RowField("И школа", "Выберите вторую школу.", widget=LongSelect())
    goal = Text(
        "Цель",
        LONG,
        InputRequired("Напишите цель: что изменится у обеих школ."),
        description="Что изменится у обеих школ.",
    )
    signed_on = DayField("День договора", InputRequired("Укажите день договора."))
    until = DayField("До какого дня", Optional(), description="Пусто: без срока.")

    def __init__(self, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in (self.first_id, self.second_id):
            field.offer((one.id, one.label) for one in schools)
        if self.signed_on.data is None and not self.is_submitted():
            self.signed_on.data = today()

    def validate_second_id(self, field: RowField) -> None:
        if field.data == self.first_id.data:
            raise ValidationError("Выберите другую школу: пару составляют две.")

    def validate_until(self, field: DayField) -> None:
        if field.data and self.signed_on.data and field.data < self.signed_on.data:
            raise ValidationError("Этот день раньше дня договора.")


class EventForm(EditForm):
    """A row of the plan; `seen` is what the page showed of it."""

    WORDS = PairEvent.WORDS
    version = None
    what = LineField("Мероприятие", 300, InputRequired("Назовите мероприятие."))
    begins_on = DayField("Срок: с какого дня", InputRequired("Поставьте срок."))
    ends_on = DayField("По какой день", Optional(), description="Пусто: в один день.")
    planned = Text(
        "Планируемый результат", LONG, InputRequired("Напишите, что должно получиться.")
    )
    outcome = Text("Что вышло", LONG, description="Пусто, пока не прошло.")
    seen = SeenField()

    @property
    def shown(self) -> dict[str, str]:
        """Return each word as the page has shown it: two may change different ones."""
        return self.seen.shown()

    def show(self, row: PairEvent) -> None:
        """Keep what the page is about to show, to tell later what was changed."""
        self.seen.show(**{name: getattr(row, name) for name in self.WORDS})

    def validate_ends_on(self, field: DayField) -> None:
        if field.data and self.begins_on.data and field.data < self.begins_on.data:
            raise ValidationError("Этот день раньше первого дня.")
