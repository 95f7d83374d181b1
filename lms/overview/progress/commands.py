"""Commands for whoever keeps the server: `flask progress …`."""

import click
from flask.cli import with_appcontext

from lms.overview.progress.stuck import recount_all


@click.command("recount")
@with_appcontext
def recount_stuck_teams() -> None:
    """Count the stuck teams of all cohorts anew."""
    for name, wrong in recount_all().items():
        click.echo(f"{name}: {f'исправлено {wrong}' if wrong else 'всё верно'}")
