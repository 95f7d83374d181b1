"""Who plays in the demonstration."""

from dataclasses import dataclass

from lms.identity.accounts.models import Role
from lms.schools.teams.models import Position

PASSWORD = "tochka-sborki"  # noqa: S105 - printed at the start, for one's own machine

STAFF = {
    "admin@example.org": ("Лях Вера Павловна", {Role.ADMIN}),
    "tutor@example.org": ("Громов Илья Петрович", {Role.TUTOR}),
    "tutor2@example.org": ("Ким Ольга Юрьевна", {Role.TUTOR}),
    "coordinator@example.org": ("Власова Инна Сергеевна", {Role.COORDINATOR}),
}

# Where the coordinator looks after schools.
COORDINATED = "Бердск", "Искитим", "Барабинск"

# Who runs the course of the demonstration.
ORGANISER = {
    "organiser_name": "Методический центр «Опорная школа»",
    "organiser_email": "kurs@example.org",
    "organiser_phone": "+7 383 000-00-00",
    "organiser_hours": "по будням с 9 до 17 по Новосибирску",
    "issuer": "Методический центр «Опорная школа»",
    "signer": "Лях Вера Павловна",
    "signer_position": "руководитель курса",
    "operator_name": "Методический центр «Опорная школа»",
    "operator_address": "Новосибирск, улица Школьная, 1",
    "operator_contact": "kurs@example.org",
}


@dataclass(frozen=True)
class SchoolTeam:
    """A team of the demonstration; the first member is the captain."""

    name: str
    school: str
    municipality: str
    region: str
    members: tuple[tuple[str, str, Position], ...]


OPORA = SchoolTeam(
    "Опора",
    "Школа № 12",
    "Новосибирск",
    "Новосибирская область",
    (
        ("Седова Анна Викторовна", "captain@example.org", Position.DEPUTY),
        ("Орлов Олег Сергеевич", "member@example.org", Position.TEACHER),
        ("Фролова Дарья Ильинична", "frolova@example.org", Position.PARENT),
        ("Егоров Максим Андреевич", "egorov@example.org", Position.GRADUATE),
    ),
)
MOST = SchoolTeam(
    "Мост",
    "Лицей № 3",
    "Бердск",
    "Новосибирская область",
    (
        ("Юсупова Алия Маратовна", "other@example.org", Position.DEPUTY),
        ("Рогов Пётр Николаевич", "rogov@example.org", Position.TEACHER),
        ("Лисицына Вера Олеговна", "lisitsyna@example.org", Position.PARTNER),
    ),
)
RODNIK = SchoolTeam(
    "Родник",
    "Школа посёлка Заречный",
    "Заречный",
    "Новосибирская область",
    (
        ("Гусева Нина Фёдоровна", "guseva@example.org", Position.HEAD),
        ("Тихонов Артём Юрьевич", "tikhonov@example.org", Position.TEACHER),
        ("Белых Ирина Павловна", "belykh@example.org", Position.PARENT),
    ),
)
ISTOK = SchoolTeam(
    "Исток",
    "Гимназия № 5",
    "Искитим",
    "Новосибирская область",
    (
        ("Панина Ольга Сергеевна", "panina@example.org", Position.DEPUTY),
        ("Жуков Денис Павлович", "zhukov@example.org", Position.TEACHER),
    ),
)
LAD = SchoolTeam(
    "Лад",
    "Школа № 40",
    "Барабинск",
    "Новосибирская область",
    (
        ("Крылова Елена Павловна", "krylova@example.org", Position.DEPUTY),
        ("Сомов Игорь Андреевич", "somov@example.org", Position.PARENT),
    ),
)
KLYUCH = SchoolTeam(
    "Ключ",
    "Лицей № 3",
    "Бердск",
    "Новосибирская область",
    (
        ("Рябова Инна Сергеевна", "ryabova@example.org", Position.DEPUTY),
        ("Котов Андрей Ильич", "kotov@example.org", Position.TEACHER),
        ("Сизова Марина Петровна", "sizova@example.org", Position.TEACHER),
        ("Дятлов Виктор Олегович", "dyatlov@example.org", Position.TEACHER),
        ("Зимина Ольга Андреевна", "zimina@example.org", Position.TEACHER),
    ),
)
FIRST = SchoolTeam(
    "Первые",
    "Школа № 12",
    "Новосибирск",
    "Новосибирская область",
    (
        ("Мельникова Софья Аркадьевна", "melnikova@example.org", Position.DEPUTY),
        ("Зуев Роман Дмитриевич", "zuev@example.org", Position.TEACHER),
        ("Ахметова Лейла Ринатовна", "akhmetova@example.org", Position.GRADUATE),
        ("Носова Кира Львовна", "nosova@example.org", Position.PARENT),
    ),
)
