"""Commands for whoever keeps the server: `flask factors …`."""

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.services import normalise_email
from lms.identity.factors.services import reset_factor


@click.command("reset")
@click.argument("email")
@with_appcontext
def reset(email: str) -> None:
    """Take the second factor of a person, when no admin can do it on the site."""
    found = sa.select(User).where(User.email == normalise_email(email))
    person = db.session.scalar(found)
    if person is None:
        raise click.ClickException(f"С почтой {email} никто не входит.")
    try:
        reset_factor(person, actor_id=None)
    except RuleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Готово: {person.full_name} входит с одним паролем.")
