"""What stands in the header: the sections a person has, and who the person is."""

from flask import Flask
from flask_login import current_user

from lms.identity.accounts.permissions import can_administer, can_judge
from lms.schools.teams.loading import my_membership

Section = tuple[str, str]

PARTICIPANT: list[Section] = [
    ("Мой путь", "home.start"),
    ("Занятия", "modules.index"),
    ("Календарь", "agenda.index"),
    ("Команда", "teams.mine"),
    ("План школы", "plans.mine"),
]
TUTOR: list[Section] = [
    ("Проверка", "reviews.queue"),
    ("Ход курса", "progress.index"),
    ("Календарь", "agenda.index"),
    ("Команды", "teams.index"),
    ("Сертификаты", "certificates.registry"),
    ("Занятия", "modules.index"),
]
ADMIN: list[Section] = [
    ("Занятия", "modules.index"),
    ("Потоки", "cohorts.index"),
    ("Ход курса", "progress.index"),
    ("Люди", "people.index"),
    ("Сертификаты", "certificates.registry"),
    ("Письма", "outbox.index"),
    ("Журнал", "audit.journal"),
]


def navigation() -> list[Section]:
    """Return the sections of every role the person has, each address once."""
    sections: dict[str, str] = {}
    for label, endpoint in (
        *(PARTICIPANT if my_membership() else []),
        *(ADMIN if can_administer(current_user) else []),
        *(TUTOR if can_judge(current_user) else []),
    ):
        sections.setdefault(endpoint, label)
    if not my_membership():
        sections = {"home.start": "Начало"} | sections
    return [(label, endpoint) for endpoint, label in sections.items()]


def person_place() -> str:
    """« · Школа № 12» for a member, « · тьютор» for staff."""
    if membership := my_membership():
        return f" · {membership.team.school.name}"
    roles = sorted(role.value for role in current_user.roles)
    return f" · {', '.join(roles)}" if roles else ""


def register_navigation(app: Flask) -> None:
    """Give every template the header's functions."""
    app.jinja_env.globals |= {"navigation": navigation, "person_place": person_place}
