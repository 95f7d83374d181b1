"""A card and the work it was made of."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.practices.models import Practice, PracticeConsent, PracticeQuote
from tests.practices import PAIRS, accepted_work, published_card, write_card


@pytest.fixture
def accepted(module, team, captain, member, tutor):
    """The accepted work of «Опора»: the captain and `member` wrote a field each."""
    return accepted_work(module, team, captain, member, tutor)


@pytest.fixture
def card(accepted, captain):
    """A card that quotes both of them and was shown to nobody yet."""
    return write_card(accepted, captain)


@pytest.fixture
def published(accepted, captain, admin):
    """The card in the bank."""
    return published_card(accepted, captain, admin)


@pytest.fixture
def card_anew(accepted, captain):
    """Return a function that begins with a card that was shown to nobody."""

    def begin():
        for table in (PracticeConsent, PracticeQuote, Practice):
            db.session.execute(sa.delete(table.__table__))
        db.session.commit()
        return write_card(accepted, captain, how="Сами звали.", result=PAIRS)

    return begin
