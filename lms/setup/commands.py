"""`flask setup`, and what every other command asks of the database."""

import logging
import os
import sys

import click
import sqlalchemy as sa
from flask import Flask, current_app
from flask.cli import with_appcontext

from lms.core.commands import assets
from lms.core.config import ROOT
from lms.core.environment import StartError
from lms.core.extensions import db
from lms.core.schema import cause, check_schema
from lms.setup.findings import findings
from lms.setup.naming import name_organiser
from lms.setup.opening import (
    make_administrator,
    make_search_indexes,
    make_tables,
    publish_course,
)
from lms.setup.start import check_start, refuse_demonstration

# Groups and commands that work before there is a database.
WITHOUT_TABLES = {"assets", "db"}
READS_ONLY_FILES = {"check"}


def register_setup(app: Flask) -> None:
    """Add `flask setup`; let other commands say what is missing before they ask."""
    app.cli.add_command(set_up)
    assets.add_command(draw_pictures)
    for name, group in app.cli.commands.items():
        if isinstance(group, click.Group) and name not in WITHOUT_TABLES:
            group.callback = demand_tables


@click.command("setup")
@with_appcontext
def set_up() -> None:
    """Open the site: tables, an administrator, the course, a look at the settings."""
    from lms.setup.pictures import make_pictures

    logging.getLogger("lms").setLevel(logging.WARNING)  # it says itself what it does
    try:
        if current_app.config["LMS_DEMO"]:
            raise StartError("LMS_DEMO=1: пример наполняет make run.")
        click.echo(make_tables())
        for sentence in make_search_indexes():
            click.echo(sentence)
        if current_app.config["LMS_PRODUCTION"]:
            refuse_demonstration()
        click.echo(make_administrator(os.environ))
        for sentence in publish_course(ROOT / "content"):
            click.echo(sentence)
        if current_app.config["LMS_PRODUCTION"]:
            click.echo(name_organiser(os.environ))
        click.echo(make_pictures(ROOT))
        click.echo("Настройки:")
        for finding in findings(current_app.config):
            click.echo(str(finding))
    except StartError as refusal:
        sys.exit(str(refusal))
    except sa.exc.DBAPIError as error:
        sys.exit(f"База отказала: {cause(error)}.")


@click.command("pictures")
@with_appcontext
def draw_pictures() -> None:
    """Draw the pictures of the front page; does nothing when they are up to date."""
    from lms.setup.pictures import make_pictures

    click.echo(make_pictures(ROOT))


@with_appcontext
def demand_tables() -> None:
    """Refuse a command whose tables are not there, in one sentence."""
    context = click.get_current_context()
    if context.invoked_subcommand in READS_ONLY_FILES:
        return
    try:
        if context.info_name == "jobs":
            # Letters to invented people go out from no real site.
            check_start(current_app._get_current_object())  # type: ignore[attr-defined]
        else:
            check_schema(db.engine)
    except StartError as refusal:
        sys.exit(str(refusal))
