"""Figures of graduates on the list of cohorts."""

import pytest

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.models import Role
from lms.overview.progress.graduates import Graduates, graduates
from lms.schools.teams.models import Membership, Position, Team
from tests.conftest import save
from tests.years import another_cohort


@pytest.fixture
def second_year(team, member, captain):
    """The school's team of another cohort, with one of its people; both are over."""
    cohort = another_cohort("Осень 2025")
    again = save(Team(school=team.school, cohort=cohort, name="Ещё раз"))
    save(Membership(user=member, team=again, position=Position.TEACHER))
    for membership in [*team.memberships, *again.memberships]:
        membership.graduated_at = utcnow()
    db.session.commit()


def test_nobody_has_finished_yet(team, member):
    assert graduates() == Graduates(0, 0, 0, 0)


def test_person_of_two_cohorts_is_one_graduate(second_year, member):
    member.roles = frozenset({Role.TUTOR})

    assert graduates() == Graduates(2, 0, 1, 1)


def test_page_of_cohorts_has_the_figures(second_year, admin, sign_in):
    page = sign_in(admin).get("/cohorts/").text

    assert "2\xa0человека, с действующим сертификатом — 0" in page
    assert "1\xa0школа" in page
