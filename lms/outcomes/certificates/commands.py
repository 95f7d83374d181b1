"""Commands for whoever keeps the server: `flask certificates …`."""

import click
from flask.cli import with_appcontext

from lms.outcomes.certificates.finishers import recount_finishers


@click.command("recount")
@with_appcontext
def recount() -> None:
    """Count anew who has every work for a certificate in all cohorts."""
    for name, wrong in recount_finishers().items():
        click.echo(f"{name}: {f'исправлено {wrong}' if wrong else 'всё верно'}")
