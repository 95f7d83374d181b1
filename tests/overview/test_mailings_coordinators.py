"""A coordinator writes to the captains of her schools, and to nobody else."""

import pytest

from lms.core.extensions import db
from lms.core.language import today
from lms.overview.mailings.addressees import addressees_of
from lms.overview.mailings.models import Mailing, Outcome
from lms.overview.mailings.permissions import visible_mailings
from lms.overview.mailings.services import Draft, recipients_of, write_to_group
from lms.overview.progress.matrix import matrix_of
from lms.schools.teams.models import Membership
from lms.schools.territories.coordination import take_territory
from lms.schools.territories.models import SchoolTerritory
from tests.conftest import count, member_of, person, save


@pytest.fixture
def others(other_team, other):
    """Another team that owes the work, in another territory."""
    return member_of(other_team, person("Рогов Пётр", "rogov@example.org"))


@pytest.fixture
def mailing(cohort, group, captain, member, others, coordinator):
    """What the coordinator wrote to everybody who owes the work."""
    people = [one.user.id for one in addressees_of(matrix_of(cohort), group)]
    draft = Draft("Ждём работу", "{имя}, {ссылка}", people, form_key="k1")
    return write_to_group(cohort, group, draft, author=coordinator)


def fates(mailing):
    db.session.expire_all()
    return {one.user.email: one.outcome for one in recipients_of(mailing)}


def test_captain_of_her_school_alone_is_written_to(
    mailing, inbox, captain, coordinator
):
    [letter] = inbox()

    assert letter["To"] == captain.email
    assert letter["Reply-To"] == coordinator.email
    text = letter.get_body(("plain",)).get_content()
    assert f"{coordinator.full_name}, координатор территории" in text


def test_school_that_left_the_territory_meanwhile_gets_none(mailing, inbox, team):
    stay = db.session.scalars(
        db.select(SchoolTerritory).filter_by(school_id=team.school_id)
    ).one()
    stay.until = today()
    db.session.commit()

    assert inbox() == []
    assert set(fates(mailing).values()) == {Outcome.NEEDLESS}


def test_territory_that_was_taken_meanwhile_stops_the_letters(
    mailing, inbox, coordinator, territory, admin
):
    take_territory(coordinator, territory, actor=admin)

    assert inbox() == []


def test_captain_who_leads_no_more_gets_none(mailing, inbox, captain, member):
    for membership in db.session.scalars(db.select(Membership)):
        membership.is_captain = False
    db.session.commit()

    assert inbox() == []


def test_page_offers_captains_of_her_schools(
    sign_in, coordinator, cohort, module, captain, member, others
):
    url = f"/mailings/cohorts/{cohort.id}/work-{module.slug}"

    page = sign_in(coordinator).get(url).text

    assert captain.full_name in page
    assert member.full_name not in page
    assert others.full_name not in page


@pytest.mark.parametrize("about", ["quiz-nastavnichestvo", "last"])
def test_letters_about_self_checks_are_not_for_coordinators(
    sign_in, coordinator, cohort, module, captain, about
):
    url = f"/mailings/cohorts/{cohort.id}/{about}"

    assert sign_in(coordinator).get(url).status_code == 404
    assert sign_in(coordinator).post(url).status_code == 404
    assert count(Mailing) == 0


def test_letters_of_tutors_are_not_for_coordinators(
    sign_in, mailing, coordinator, tutor, cohort
):
    facts = {"purpose": mailing.purpose, "title": "Т", "subject": "С", "text": "Т"}
    theirs = save(Mailing(cohort=cohort, author=tutor, form_key="k2", **facts))
    browser = sign_in(coordinator)

    assert list(db.session.scalars(visible_mailings(coordinator))) == [mailing]
    assert browser.get(f"/mailings/{theirs.id}/").status_code == 404
    assert browser.get(f"/mailings/{mailing.id}/").status_code == 200
    assert mailing.title in browser.get(f"/mailings/cohorts/{cohort.id}/").text
