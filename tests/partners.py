"""Partners of a school, for tests."""

from datetime import timedelta

from lms.core.language import today
from lms.network.partners.agreements import add_agreement
from lms.network.partners.models import AgreementKind, PartnerKind
from lms.network.partners.services import add_partner
from lms.network.ventures.models import Authors, VentureKind


def partner_words(**changes):
    """What is said of a partner, apart from `changes`."""
    words = {
        "name": "Вагонное депо",
        "kind": PartnerKind.BUSINESS,
        "gives": "Наставников по электрике",
        "wants": "Практикантов летом",
        "person": "Котов Иван, главный инженер",
        "contact": "8 (383) 200-30-40",
        "keeper_id": None,
        "member_id": None,
        "since": None,
    }
    return words | changes


def agreement_words(days=None, **changes):
    """What is said of a contract that ends some days from now, or never."""
    ends_on = None if days is None else today() + timedelta(days=days)
    words = {"kind": AgreementKind.CONTRACT, "number": "12", "signed_on": None}
    return words | {"ends_on": ends_on} | changes


def new_partner(team, author, name="Вагонное депо", **words):
    """Add a partner of whom the author is the keeper."""
    words = partner_words(name=name, **({"keeper_id": author.id} | words))
    return add_partner(team.school, words, author=author)


def agree(partner, author, days=None, **words):
    """Add an agreement with a partner."""
    return add_agreement(partner, agreement_words(days, **words), author=author)


def venture_words(**changes):
    """What is said of a joint project, apart from `changes`."""
    words = {"title": "Сад у депо", "kind": VentureKind.SOCIAL, "goal": ""}
    words |= {"authors": Authors.TOGETHER, "starts_on": None, "ends_on": None}
    words |= {"participants": 300, "result": "", "amount": 106, "unit": "кг"}
    return words | {"press": ""} | changes
