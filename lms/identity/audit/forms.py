"""What the journal may be narrowed to."""

from collections.abc import Iterable

import sqlalchemy as sa
from wtforms import Form, SelectChoice, SelectField

KINDS = {
    "User": "Люди и роли",
    "Module": "Модули",
    "Cohort": "Потоки",
    "School": "Школы",
    "Team": "Команды и приглашения",
    "Membership": "Участники команд",
    "Submission": "Работы",
    "Certificate": "Сертификаты",
    "SettingsRevision": "Настройки курса",
}


class JournalFilter(Form):
    """Whose actions to show, and on what; it stands in the address."""

    person = SelectField("Кто", default="")
    kind = SelectField(
        "Что",
        default="",
        choices=[
            SelectChoice("", "Всё"),
            *(SelectChoice(kind, title) for kind, title in KINDS.items()),
        ],
    )

    def offer_people(self, people: Iterable[sa.Row[int, str]]) -> None:
        """Offer those who did something."""
        self.person.choices = [
            SelectChoice("", "Все"),
            *(SelectChoice(str(person_id), name) for person_id, name in people),
        ]
