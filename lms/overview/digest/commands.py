"""`flask agenda digest`: for a server whose clock is another program's business."""

import click

from lms.core.language import today
from lms.overview.digest.sending import enqueue_digests


@click.command("digest")
def write_digests() -> None:
    """Let the letters of today be written; a second call on one day adds none."""
    click.echo(f"digest: {enqueue_digests(today())} to look at")
