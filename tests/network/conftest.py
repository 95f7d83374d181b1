"""A card and the work it was made of; people of schools that help one another."""

import pytest
import sqlalchemy as sa

from lms.core.extensions import db
from lms.network.practices.models import Practice, PracticeConsent, PracticeQuote
from lms.schools.teams.models import School, Team
from tests.conftest import member_of, person, save
from tests.library import put_in
from tests.mentors import accepted_request, ask_for_help, offer_help, settle_school
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


@pytest.fixture
def mentor(other, other_team, territory):
    """Юсупова Алия Маратовна of another town offers help to the whole region."""
    settle_school(other_team, territory.parent)
    return offer_help(other)


@pytest.fixture
def third_mentor(cohort, territory):
    """Гусева Нина Фёдоровна of a third school offers help to the region too."""
    school = School(name="Школа посёлка Заречный", municipality="Заречный")
    team = save(Team(school=school, cohort=cohort, name="Родник"))
    settle_school(team, territory.parent)
    return offer_help(member_of(team, person("Гусева Нина Фёдоровна", "g@example.org")))


@pytest.fixture
def asked(captain, mentor):
    """A request of the captain that waits for the mentor."""
    return ask_for_help(captain, mentor)


@pytest.fixture
def promised(captain, mentor):
    """A request of the captain that the mentor has accepted."""
    return accepted_request(captain, mentor)


@pytest.fixture
def document(app, admin):
    """A document of the library that no school gave."""
    return put_in(admin)
