"""Figures of partners: of a school, on a day, nothing counted twice."""

from datetime import timedelta

import pytest

from lms.core.language import today
from lms.core.periods import SchoolYear
from lms.network.partners.merging import merge_partners
from lms.network.partners.models import AgreementKind
from lms.network.partners.services import close_partner
from lms.network.ventures.figures import (
    by_others_than_staff,
    in_joint_projects,
    share_of_partners,
    with_written_agreement,
)
from lms.network.ventures.models import Authors
from lms.network.ventures.services import add_venture
from tests.partners import agree, new_partner, venture_words


@pytest.fixture
def partners(team, captain):
    """Three partners: with a contract, with a word, with a contract that is over."""
    bound, spoken, past = (
        new_partner(team, captain, name=name) for name in ("Депо", "Клуб", "Музей")
    )
    agree(bound, captain, days=20)
    agree(spoken, captain, kind=AgreementKind.SPOKEN)
    agree(past, captain, days=-1)
    return bound, spoken, past


def test_written_agreement_counts_while_it_holds(partners, team):
    assert with_written_agreement([team.school_id], today()) == {team.school_id: (1, 3)}


def test_partner_of_two_spellings_is_counted_once(partners, team, captain):
    bound, spoken, _ = partners
    merge_partners(bound, spoken, author=captain)

    assert with_written_agreement([team.school_id], today()) == {team.school_id: (1, 2)}


def test_partner_of_the_past_is_counted_in_the_past_alone(partners, team, captain):
    day = today() - timedelta(days=3)
    close_partner(partners[1], until=day, author=captain)

    assert with_written_agreement([team.school_id], today())[team.school_id][1] == 2
    assert with_written_agreement([team.school_id], day)[team.school_id][1] == 3


def test_joint_projects_count_in_their_school_year(partners, team, captain):
    days = {"starts_on": today(), "ends_on": today()}
    for authors, some in ((Authors.PUPILS, 2), (Authors.TEACHER, 1)):
        words = venture_words(authors=authors, partners=list(partners[:some]), **days)
        add_venture(team.school, words, author=captain)
    ids, year = [team.school_id], SchoolYear.of(today())

    together = share_of_partners(ids, year.ends_on, in_joint_projects(year))
    assert together == {team.school_id: (2, 3)}
    assert by_others_than_staff(ids, year) == {team.school_id: (1, 2)}
    assert by_others_than_staff(ids, SchoolYear.starting(2098)) == {}
