"""Migrations, ready for whoever migrates: Alembic is not loaded before.

A site that serves pages does without: it is an eighth of the start and of the memory.
"""

from functools import cached_property
from importlib import import_module

import click
from flask import Flask, g
from flask.cli import with_appcontext
from flask_sqlalchemy import SQLAlchemy

from lms.core.config import ROOT


def register_migrations(app: Flask, db: SQLAlchemy) -> None:
    """Let `flask db …` and `flask setup` find the migrations."""
    app.extensions["migrate"] = Migrations(db)
    app.cli.add_command(
        MigrationCommands("db", help="Change the tables.", callback=take_own_folder)
    )


@with_appcontext
def take_own_folder() -> None:
    """Say what flask-migrate's own group says: its commands ask for both."""
    g.directory, g.x_arg = None, ()


class Migrations:
    """What flask-migrate asks of a site, before there is flask-migrate."""

    def __init__(self, db: SQLAlchemy) -> None:
        self.db = db
        self.directory = str(ROOT / "migrations")

    @cached_property
    def migrate(self) -> object:
        """Make the extension itself, which reads the settings of Alembic."""
        from flask_migrate import Migrate

        return Migrate(db=self.db, directory=self.directory)


class MigrationCommands(click.Group):
    """The commands of flask-migrate, which is loaded when somebody asks for one."""

    def list_commands(self, context: click.Context) -> list[str]:
        return self._own.list_commands(context)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        return self._own.get_command(context, name)

    @cached_property
    def _own(self) -> click.Group:
        group: click.Group = import_module("flask_migrate.cli").db
        return group
