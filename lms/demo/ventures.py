"""Joint projects of the first school of the demonstration."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.extensions import db
from lms.core.language import today
from lms.demo.story import TeamStory
from lms.network.partners.models import Partner, PartnerKind
from lms.network.ventures.models import Authors, VentureKind
from lms.network.ventures.services import add_venture


def ventures_of_opora(opora: TeamStory) -> None:
    """One that is over, with what came of it, and one under way."""
    school, teacher = opora.team.school, opora.members[1]
    done = {
        "title": "Вторая жизнь бумаги",
        "kind": VentureKind.SOCIAL,
        "authors": Authors.PUPILS,
        "goal": "Собрать макулатуру двора и купить на вырученное саженцы.",
        "starts_on": today() - timedelta(days=210),
        "ends_on": today() - timedelta(days=180),
        "participants": 300,
        "result": "Сдали бумагу из школы и четырёх домов, посадили восемь рябин.",
        "amount": 106,
        "unit": "кг бумаги",
        "press": "Газета «Первомайка», апрель",
        "partners": _of(opora, PartnerKind.CHARITY),
    }
    add_venture(school, done, author=teacher)
    begun = {
        "title": "Сто голосов нашей улицы",
        "kind": VentureKind.RESEARCH,
        "authors": Authors.TOGETHER,
        "goal": "Записать рассказы старых жителей и отдать их библиотеке.",
        "starts_on": today() - timedelta(days=40),
        "ends_on": today() + timedelta(days=150),
        "participants": 24,
        "result": "Записано семь разговоров, два уже расшифрованы.",
        "amount": 7,
        "unit": "рассказов",
        "press": "",
        "partners": _of(opora, PartnerKind.CULTURE) + _of(opora, PartnerKind.CHARITY),
    }
    add_venture(school, begun, author=opora.members[0])


def _of(opora: TeamStory, kind: PartnerKind) -> list[Partner]:
    """Return the partners of a kind with whom the school works now."""
    found = sa.select(Partner).filter_by(school_id=opora.team.school_id, kind=kind)
    return list(
        db.session.scalars(found.where(Partner.until.is_(None)).order_by(Partner.id))
    )
