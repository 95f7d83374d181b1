"""A participant corrects the own data and has them erased, without anybody's help."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import expect

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.identity.accounts.consents import accept_consent
from lms.identity.accounts.models import User
from lms.identity.erasures.erasing import erase_all_due
from lms.identity.erasures.models import Erasure
from lms.schools.teams.permissions import active_membership
from tests.browser import team
from tests.browser.demo import only
from tests.browser.stage import DESKTOP, PHONE
from tests.conftest import PASSWORD, member_of, person

MEMBER = "member@example.org"


@pytest.fixture
def member_id(site):
    """A participant who has read the consent."""
    team.begin_work(site)
    with site.app_context():
        member = person("Арлов Олег Сергеевич", MEMBER)
        accept_consent(member, "1")
        captain = only(User, email=team.CAPTAIN)
        member_id = member_of(active_membership(captain).team, member).id
        db.session.remove()
    return member_id


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("scripts", [True, False])
def test_participant_corrects_and_erases_themselves(
    site, visit, member_id, size, scripts
):
    page = visit(size=size, scripts=scripts).sign_in(MEMBER).page
    correct_the_name(page)
    page.get_by_role("link", name="Посмотреть, взять копию, исправить").click()
    page.get_by_role("link", name="Удалить учётную запись").click()

    page.get_by_label("Впишите слово «удалить»").fill("удалить")
    page.get_by_label("Ваш пароль").fill(PASSWORD)
    page.get_by_role("button", name="Удалить учётную запись").click()
    expect(page.get_by_text("Вы попросили удалить сведения о вас")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    end_the_days(site)

    wait_until_erased(site, member_id)
    page.goto("/accounts/profile")
    expect(page.get_by_role("heading", name="Вход")).to_be_visible()


def correct_the_name(page):
    page.goto("/accounts/profile")
    page.get_by_label("Имя").fill("Орлов Олег Сергеевич")
    page.get_by_role("button", name="Сохранить").click()
    expect(page.get_by_text("Сохранено.")).to_be_visible()


def end_the_days(site):
    with site.app_context():
        over = utcnow() - timedelta(seconds=1)
        db.session.execute(sa.update(Erasure).values(erase_at=over))
        db.session.commit()
        erase_all_due({})
        db.session.remove()


def wait_until_erased(site, member_id):
    with site.app_context():
        done = sa.select(User.erased_at).where(User.id == member_id)
        while db.session.scalar(done) is None:
            db.session.rollback()
        assert db.session.get_one(User, member_id).full_name == (
            f"Удалённый участник № {member_id}"
        )
        db.session.remove()
