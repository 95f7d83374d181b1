"""`flask bulletins write`: for a server whose clock is another program's business."""

import click

from lms.core.language import today
from lms.overview.bulletins.sending import enqueue_bulletins


@click.command("write")
def write_bulletins() -> None:
    """Let the letters of this month be written; a second call adds none."""
    click.echo(f"bulletins: {enqueue_bulletins(today())} to look at")
