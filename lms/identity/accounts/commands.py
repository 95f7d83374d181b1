"""Commands for whoever keeps the server: `flask accounts …`."""

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.password_links import password_link
from lms.identity.accounts.services import create_admin, normalise_email


def read_email(email: str) -> str:
    """Return the address as letters use it; refuse what none can reach."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        raise click.BadParameter("адрес похож на name@school.ru") from None


def check_email(_context: click.Context, _option: click.Option, email: str) -> str:
    """Read the address given to a command."""
    return read_email(email)


@click.command("create-admin")
@click.option("--name", prompt="Фамилия и имя")
@click.option("--email", prompt="Почта", callback=check_email)
@click.option(
    "--password", prompt="Пароль", hide_input=True, confirmation_prompt="Ещё раз"
)
@with_appcontext
def make_admin(name: str, email: str, password: str) -> None:
    """Create an administrator; asks for what is not given."""
    try:
        person = create_admin(name, email, password)
    except RuleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Готово: {person.full_name} входит с почтой {person.email}.")


@click.command("password-link")
@click.argument("email")
@with_appcontext
def show_password_link(email: str) -> None:
    """Print the link by which a person sets a new password, when mail is out."""
    known = sa.select(User).where(
        User.email == normalise_email(email), User.closed_at.is_(None)
    )
    person = db.session.scalar(known)
    if person is None:
        raise click.ClickException(f"С почтой {email} никто не входит.")
    click.echo(password_link(person))
