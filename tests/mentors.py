"""Mentors and requests for tests: one who offers help, and one who asks."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.language import today
from lms.network.mentors.answering import accept
from lms.network.mentors.asking import ask
from lms.network.mentors.models import Help, MentorRequest, Reach
from lms.network.mentors.offers import Offer, offer
from lms.schools.teams.permissions import active_membership
from lms.schools.territories.models import SchoolTerritory, Territory
from tests.conftest import save

TOPIC = "Как составить пары"


def offer_help(user, *topics, reach=Reach.REGION, hours=4):
    """Have a person of a team offer help."""
    words = Offer(topics or [TOPIC], [Help.CONSULTATION.name], hours, reach, "Умею.")
    return offer(user, active_membership(user).team.school, words)


def ask_for_help(asker, mentor, *, topic=TOPIC, days_ago=0):
    """Have a person of a team ask a mentor, or the coordinator."""
    school = active_membership(asker).team.school
    asked = ask(asker, school, mentor, topic=topic, text="Не выходит.")
    return backdated(asked, days_ago, "asked_at", "held_since")


def accepted_request(asker, mentor, *, hours=1, days_ago=0):
    """Have a mentor accept what was asked."""
    asked = ask_for_help(asker, mentor, days_ago=days_ago)
    accept(asked, hours=hours, words="Приезжайте.", actor=mentor.user)
    return asked


def backdated(asked, days_ago, *moments, on=()):
    """Move moments of a request into the past."""
    moment = utcnow() - timedelta(days=days_ago)
    values = dict.fromkeys(moments, moment)
    values |= dict.fromkeys(on, today() - timedelta(days=days_ago))
    change = sa.update(MentorRequest).where(MentorRequest.id == asked.id)
    db.session.execute(change.values(**values))
    db.session.commit()
    db.session.refresh(asked)
    return asked


def settle_school(team, region):
    """Put the school of a team into a town of its own within a region."""
    town = Territory(name=team.school.municipality, parent=region)
    save(SchoolTerritory(school_id=team.school_id, territory=town))
    return town
