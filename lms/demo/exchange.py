"""What two schools of the demonstration show one another, and what they ask."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.demo.story import TeamStory, backdate
from lms.network.exchange.asking import ask, questions_of
from lms.network.exchange.models import LineQuestion, ShownLine
from lms.network.exchange.services import show_line
from lms.network.partners.models import Partner, PartnerKind


def show_one_another(opora: TeamStory, most: TeamStory) -> None:
    """Three lines of each school, of which enterprises suit, and a question."""
    kinds = PartnerKind.BUSINESS, PartnerKind.COLLEGE, PartnerKind.CULTURE
    *_, library = [_show(opora, kind) for kind in kinds]
    for kind in (PartnerKind.BUSINESS, PartnerKind.SPORT, PartnerKind.HEALTH):
        _show(most, kind)
    text = "Возьмёт ли библиотека наших шестиклассников на встречу поколений в феврале?"
    ask(library, text, asker=most.members[0], school=most.team.school)
    [question] = questions_of(library)
    backdate(
        LineQuestion, "id", question.id, asked_at=utcnow() - timedelta(days=1, hours=4)
    )


def _show(story: TeamStory, kind: PartnerKind) -> ShownLine:
    partner = partner_of(story, kind)
    line = show_line(partner, seen=partner.version, author=story.members[0])
    backdate(ShownLine, "id", line.id, shown_at=utcnow() - timedelta(days=15))
    return line


def partner_of(story: TeamStory, kind: PartnerKind) -> Partner:
    """Return the first partner of a kind with whom a school works now."""
    found = sa.select(Partner).filter_by(school_id=story.team.school_id, kind=kind)
    now = found.where(Partner.until.is_(None)).order_by(Partner.id)
    return db.session.scalars(now.limit(1)).one()
