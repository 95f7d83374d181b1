"""Who is not served: strangers on the demonstration, a demonstration on real people."""

import pytest

from lms.core.environment import StartError
from lms.core.extensions import db
from lms.demo.models import Demonstration
from lms.identity.accounts.models import Role
from lms.identity.accounts.passwords import hash_password
from lms.setup.start import check_foreign_server, check_start
from tests.conftest import PASSPHRASE, person, save


@pytest.fixture
def production(app):
    """A site that strangers can reach."""
    app.config["LMS_PRODUCTION"] = True
    return app


@pytest.fixture
def demonstration(app):
    """A site in the mode of the demonstration."""
    app.config["LMS_DEMO"] = True
    return app


def test_real_site_starts(production):
    ours = person("Лях Вера Павловна", "lyakh@school.ru", Role.ADMIN)
    ours.password_hash = hash_password(PASSPHRASE)
    db.session.commit()

    check_start(production)


def test_real_site_refuses_the_mark_of_the_demonstration(production):
    save(Demonstration())

    with pytest.raises(StartError, match=r"В этой базе пример.*flask setup"):
        check_start(production)


@pytest.mark.parametrize(
    ("email", "roles"), [("other@example.org", ()), ("lyakh@school.ru", (Role.ADMIN,))]
)
def test_real_site_refuses_the_published_password(production, email, roles):
    person("Лях Вера Павловна", email, *roles)

    with pytest.raises(StartError, match=rf"{email} пароль из примера"):
        check_start(production)


def test_own_machine_may_look_at_any_of_them(app):
    save(Demonstration())

    check_start(app)


def test_demonstration_is_not_shown_on_a_real_site(demonstration, admin):
    with pytest.raises(StartError, match="в базе не пример"):
        check_start(demonstration)


def test_demonstration_is_shown_by_its_own_server(demonstration):
    save(Demonstration())

    check_start(demonstration)


def test_demonstration_is_shown_by_no_other_server(demonstration):
    save(Demonstration())

    with pytest.raises(StartError, match=r"только python app\.py"):
        check_foreign_server(demonstration)
