"""What stands in the header: the sections a person has, and who the person is."""

from typing import NamedTuple

from flask import Flask, request, url_for
from flask_login import current_user

from lms.identity.accounts.permissions import (
    can_administer,
    can_coordinate,
    can_judge,
)
from lms.outcomes.certificates.models import CertificateState
from lms.overview.news.loading import new_things
from lms.schools.teams.loading import my_header, my_membership, my_memberships

Label = tuple[str, str]

PARTICIPANT: list[Label] = [
    ("Мой путь", "home.start"),
    ("Занятия", "modules.index"),
    ("Календарь", "agenda.index"),
    ("Команда", "teams.mine"),
    ("План школы", "plans.mine"),
    ("Наставники", "mentors.index"),
]
HOLDER: list[Label] = [("Мой сертификат", "holders.mine")]
TUTOR: list[Label] = [
    ("Проверка", "reviews.queue"),
    ("Ход курса", "progress.index"),
    ("Календарь", "agenda.index"),
    ("Команды", "teams.index"),
    ("Сертификаты", "certificates.registry"),
    ("Занятия", "modules.index"),
]
ADMIN: list[Label] = [
    ("Занятия", "modules.index"),
    ("Потоки", "cohorts.index"),
    ("Ход курса", "progress.index"),
    ("Проверка", "reviews.queue"),
    ("Команды", "teams.index"),
    ("Календарь", "agenda.index"),
    ("Люди", "people.index"),
    ("Сертификаты", "certificates.registry"),
    ("Письма", "outbox.index"),
    ("Показатели", "indicators.index"),
    ("Отчёты", "reports.index"),
    ("Журнал", "audit.journal"),
]
COORDINATOR: list[Label] = [
    ("Мои школы", "home.start"),
    ("Ход курса", "progress.index"),
    ("Показатели", "indicators.index"),
    ("Отчёты", "reports.index"),
    ("Команды", "teams.index"),
    ("Календарь", "agenda.index"),
    ("Занятия", "modules.index"),
    ("Сертификаты", "certificates.registry"),
    ("Наставники", "mentors.requests"),
]
# What everybody may read, behind the sections of their own.
EVERYBODY: list[Label] = [
    ("Банк практик", "practices.index"),
    ("Библиотека", "library.index"),
]


# Features without a section of their own, and that from which people come to them.
UNDER = {"pairs": "mentors"} | dict.fromkeys(
    ("partners", "ventures", "councils", "exchange"), "teams"
)


class Section(NamedTuple):
    """A place in the header, and whether the page that is shown belongs to it."""

    label: str
    address: str
    is_current: bool
    # How much is new there.
    news: int = 0


def navigation() -> list[Section]:
    """Return the sections of every role the person has, each address once.

    Those of most use come first: a narrow screen has the last ones under «Ещё».
    """
    labels: dict[str, str] = {}
    for label, endpoint in (
        *(PARTICIPANT if my_membership() else []),
        *(HOLDER if my_header().certificate is CertificateState.VALID else []),
        *(ADMIN if can_administer(current_user) else []),
        *(TUTOR if can_judge(current_user) else []),
        *(COORDINATOR if can_coordinate(current_user) else []),
        *EVERYBODY,
    ):
        labels.setdefault(endpoint, label)
    if not my_membership():
        labels = {"home.start": "Начало"} | labels
    return [_section(label, endpoint) for endpoint, label in labels.items()]


def _section(label: str, endpoint: str) -> Section:
    address = url_for(endpoint)
    feature = request.blueprint or ""
    is_of_feature = UNDER.get(feature, feature) == endpoint.split(".")[0]
    is_current = is_of_feature or request.path.startswith(address)
    is_current &= request.endpoint != "home.front"  # read by all, nobody's section
    is_place_of_news = endpoint == PARTICIPANT[0][1]
    news = len(new_things()) if is_place_of_news else 0
    return Section(label, address, is_current, news)


def person_place() -> str:
    """« · Школа № 12» for a member, « · тьютор» for staff."""
    if membership := my_membership():
        return f" · {membership.team.school.name}"
    roles = sorted(role.value for role in current_user.roles)
    return f" · {', '.join(roles)}" if roles else ""


def register_navigation(app: Flask) -> None:
    """Give every template the header's functions."""
    app.jinja_env.globals |= {
        "navigation": navigation,
        "person_place": person_place,
        "my_memberships": my_memberships,
    }
