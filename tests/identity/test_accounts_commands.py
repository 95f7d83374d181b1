"""`flask accounts …`."""

import pytest

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS
from tests.conftest import PASSPHRASE


def test_admin_is_made_from_the_command_line(app):
    typed = "\n".join(["Лях Вера", "admin@school.ru", PASSPHRASE, PASSPHRASE])
    runner = app.test_cli_runner()

    result = runner.invoke(args=["accounts", "create-admin"], input=typed)

    assert "Готово" in result.output
    assert db.session.scalars(db.select(User)).one().roles == ADMINS


@pytest.mark.parametrize(
    ("email", "password", "why"),
    [
        ("member@example.org", PASSPHRASE, "уже есть доступ"),
        ("admin@", PASSPHRASE, "name@school.ru"),
        ("admin@school.ru", "1234567890", "подбирают"),
    ],
)
def test_command_line_refuses_what_a_page_refuses(app, member, email, password, why):
    words = ["--name", "Лях Вера", "--email", email, "--password", password]

    result = app.test_cli_runner().invoke(args=["accounts", "create-admin", *words])

    assert result.exit_code != 0
    assert why in result.output


def test_command_line_gives_a_password_link(app, guest, member):
    runner = app.test_cli_runner()

    link = runner.invoke(
        args=["accounts", "password-link", member.email]
    ).output.strip()

    assert guest.get(link).status_code == 200
