"""Accounts are kept for three years after the last cohort; a letter comes before."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.erasures.asking import call_off, erasure_of
from lms.identity.erasures.erasing import erase
from lms.identity.erasures.models import Erasure
from lms.identity.erasures.terms import LASTS, WARNED, warn_whose_term_ends
from lms.schools.teams.models import Membership
from tests.conftest import count, letters, person
from tests.erasures import end_the_days


@pytest.fixture
def graduated(member):
    """Орлов, whose cohort ended three years ago but for less than a month."""
    ended = utcnow() - LASTS + WARNED - timedelta(days=1)
    db.session.execute(sa.update(Membership).values(graduated_at=ended))
    db.session.commit()
    return member


def test_letter_comes_a_month_before_the_end_of_the_term(graduated):
    warn_whose_term_ends({})
    warn_whose_term_ends({})

    erasure = erasure_of(graduated)
    assert erasure.is_by_term
    assert erasure.erase_at > utcnow() + WARNED - timedelta(hours=1)
    assert not erasure.request.is_late
    (letter,) = letters()
    assert letter["subject"] == "Сведения о вас скоро будут удалены"
    assert "срок, на который вы дали согласие, заканчивается" in letter["text"]


def test_account_is_erased_when_the_month_is_over(graduated):
    warn_whose_term_ends({})

    erase(end_the_days(graduated).request_id)

    assert graduated.erased_at


def test_whoever_stays_has_three_years_again(graduated):
    warn_whose_term_ends({})
    call_off(erasure_of(graduated).request_id)

    warn_whose_term_ends({})

    assert erasure_of(graduated) is None
    assert count(Erasure) == 1


def test_whoever_takes_part_or_works_here_is_left_alone(graduated, tutor, captain):
    long_ago = utcnow() - timedelta(days=4000)
    for one in (tutor, captain):
        one.created_at = one.signed_in_at = long_ago
    db.session.commit()

    warn_whose_term_ends({})

    assert erasure_of(tutor) is erasure_of(captain) is None


def test_whoever_never_came_counts_from_the_day_of_the_account(app):
    guest = person("Гость Яна", "guest@example.org")
    guest.created_at = utcnow() - LASTS
    db.session.commit()

    warn_whose_term_ends({})

    assert erasure_of(guest)
