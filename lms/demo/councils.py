"""Events with partners and the coordinating council of the first school."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.documents import word_tables
from lms.core.extensions import db
from lms.core.language import today
from lms.demo.exchange import partner_of
from lms.demo.story import TeamStory
from lms.monitoring.projects.models import Event
from lms.monitoring.projects.services import change_row
from lms.network.councils.meetings import add_meeting, add_paper
from lms.network.councils.models import Side
from lms.network.councils.services import add_member, change_member
from lms.network.partners.models import PartnerKind

# Of the events of the school's project, who holds which of them with it.
EVENTS = {
    "Ярмарка умений в депо": (PartnerKind.BUSINESS, PartnerKind.COLLEGE),
    "Опрос восьмых классов о запросах": (PartnerKind.UNIVERSITY,),
}


def hold_with_partners(opora: TeamStory) -> None:
    """Name the partners of two events that were held."""
    for what, kinds in EVENTS.items():
        event = db.session.scalars(sa.select(Event).filter_by(what=what)).one()
        change_row(
            event,
            {"partners": [partner_of(opora, kind) for kind in kinds]},
            seen={},
            base_version=event.version,
            author=opora.members[1],
        )


def council_of_opora(opora: TeamStory) -> None:
    """All sides but one, somebody who has left, and two meetings."""
    deputy, school = opora.members[0], opora.team.school
    since = today() - timedelta(days=200)
    for side, name, position in (
        (Side.TEACHER, deputy.full_name, "заместитель директора"),
        (Side.PARENT, "Зыкова Марина Олеговна", "родительский комитет 8 «Б»"),
        (Side.PUPIL, "Аня", "8 «Б»"),
        (Side.PUPIL, "Тимур", "10 «А»"),
        (Side.ORGANISATION, "Котов Игорь Петрович", "депо «Инская», отдел кадров"),
    ):
        words = {"side": side, "name": name, "position": position}
        add_member(school, words | {"since": since, "left_on": None}, author=deputy)
    words = {"side": Side.PARENT, "name": "Носов Андрей Ильич", "position": ""}
    words |= {"since": since, "left_on": None}
    left = add_member(school, words, author=deputy)
    gone = words | {"left_on": today() - timedelta(days=60)}
    change_member(left, gone, seen=left.version, author=deputy)
    _meetings(opora)


def _meetings(opora: TeamStory) -> None:
    deputy, school = opora.members[0], opora.team.school
    first = {
        "held_on": today() - timedelta(days=75),
        "agenda": "С кем школа работает в этом году и кто за что отвечает.",
        "decisions": "Депо даёт наставников по средам. Родители дежурят вечером.",
    }
    held = add_meeting(school, first, author=deputy)
    lines = [f"Слушали: {first['agenda']}", f"Решили: {first['decisions']}"]
    minutes = word_tables("Протокол заседания № 1", lines, [])
    add_paper(held, "Протокол 1.docx", minutes, author=deputy)
    second = {
        "held_on": today() - timedelta(days=12),
        "agenda": "Первые встречи пар, план на второе полугодие.",
        "decisions": "Позвать в совет совет ветеранов микрорайона.",
    }
    add_meeting(school, second, author=deputy)
