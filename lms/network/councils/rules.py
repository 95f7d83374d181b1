"""What may be said of a member of the council, field by field.

Most of them have no account and have agreed to nothing: a contact is not kept, and of
a pupil the first name and the class are enough.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lms.core.errors import RuleError
from lms.core.language import today
from lms.network.councils.models import Side
from lms.network.partners.rules import contact_in

CONTACT = "Похоже на чей-то контакт: «{found}». В списке совета он не нужен."
SURNAME = "Учащегося называют только по имени, без фамилии и инициалов: «Аня»."
NO_CLASS = "Напишите класс: по имени и классу учащегося узнают в школе."
AHEAD = "Этот день ещё не наступил."
LEFT_EARLIER = "Вышел раньше, чем вошёл."


def complaints_about(values: Mapping[str, Any]) -> dict[str, str]:
    """Say what is wrong with a member, by the field that has to be put right."""
    return dict(_complaints(values))


def check(values: Mapping[str, Any]) -> None:
    """Refuse what may not be said of a member."""
    if wrong := complaints_about(values):
        raise RuleError(next(iter(wrong.values())))


def _complaints(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("name", "position"):
        if found := contact_in(values[field]):
            yield field, CONTACT.format(found=found)
    if values["side"] is Side.PUPIL:
        if len(values["name"].replace(".", " ").split()) > 1:
            yield "name", SURNAME
        if not values["position"]:
            yield "position", NO_CLASS
    since, left_on = values["since"], values["left_on"]
    if left_on and left_on > today():
        yield "left_on", AHEAD
    elif since and left_on and left_on < since:
        yield "left_on", LEFT_EARLIER
