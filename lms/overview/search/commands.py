"""Commands for whoever keeps the server: `flask search …`."""

import click
from flask.cli import with_appcontext

from lms.overview.search.index import refresh


@click.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Index everything anew; the site may go on working."""
    click.echo(f"search: {refresh(anew=True)} passages")
