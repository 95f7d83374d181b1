"""`flask accounts replay-erasures`: erase again whom a backup has brought back."""

import sys
from pathlib import Path
from typing import cast

import click
from flask import Flask
from flask.cli import with_appcontext

from lms.identity.erasures.replay import replay


def register_replay(app: Flask) -> None:
    """Add the command to those about accounts."""
    accounts = cast(click.Group, app.cli.commands["accounts"])
    accounts.add_command(replay_erasures)


@click.command("replay-erasures")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def replay_erasures(path: Path) -> None:
    """Erase everybody who stands in a list and is here again."""
    if not path.exists():
        sys.exit(f"Файла {path} нет.")
    click.echo(replay([path]))
