"""What may be typed of a council: its members and its meetings."""

from wtforms.validators import InputRequired, Optional

from lms.core.choices import CHOOSE, KindField
from lms.core.edit_forms import EditForm
from lms.core.fields import DayField, LineField, TextField
from lms.network.councils.models import Side
from lms.network.councils.rules import complaints_about
from lms.network.partners.forms import LONG


class MemberForm(EditForm):
    """Who is in the council, and for whom."""

    WORDS = ("side", "name", "position", "since", "left_on")
    complaints = staticmethod(complaints_about)
    side = KindField(
        "Чья сторона",
        Side,
        InputRequired("Выберите, чью сторону человек представляет."),
        none=CHOOSE,
    )
    name = LineField(
        "Имя",
        200,
        InputRequired("Напишите имя."),
        description="Учащегося называют только по имени, без фамилии. Имена видят"
        " только люди вашей школы.",
    )
    position = LineField(
        "Должность или место",
        200,
        description="Например: директор музея, родительский комитет. У учащегося —"
        " класс.",
    )
    since = DayField("В совете с", Optional(), description="Если помните день.")
    left_on = DayField(
        "Вышел из совета",
        Optional(),
        description="Пусто, пока человек в совете. Кто вышел, остаётся в истории.",
    )


class MeetingForm(EditForm):
    """When the council met, what about, and what was decided."""

    WORDS = ("held_on", "agenda", "decisions")
    held_on = DayField("День заседания", InputRequired("Назовите день."))
    agenda = TextField("О чём говорили", LONG)
    decisions = TextField("Что решили", LONG)
