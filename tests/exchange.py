"""Lines that schools show to their neighbours, for tests."""

from lms.network.exchange.services import show_line
from lms.network.partners.models import PartnerKind
from tests.mentors import settle_school
from tests.partners import new_partner


def shown(team, author, name="Вагонное депо", **words):
    """Add a partner of a school and show what it gives and needs."""
    partner = new_partner(team, author, name=name, **words)
    return show_line(partner, seen=partner.version, author=author)


def neighbour_line(team, author, territory, **words):
    """Have a school of another town of the same region show a partner."""
    settle_school(team, territory.parent)
    words = {"kind": PartnerKind.BUSINESS, "gives": "Станки", "wants": ""} | words
    return shown(team, author, name="Завод «Сибмаш»", **words)
