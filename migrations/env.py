"""How Alembic reaches the site's database."""

import sys
from importlib import import_module

import sqlalchemy as sa
from alembic import context
from flask import current_app

import lms

# What released revisions import, and where it lives now.
MOVED = {"database": "lms.core.database", "accounts": "lms.identity.accounts"}
for name, place in MOVED.items():
    module = sys.modules[f"lms.{name}"] = import_module(place)
    setattr(lms, name, module)
sys.modules["lms.accounts.models"] = import_module(f"{MOVED['accounts']}.models")

database = current_app.extensions["migrate"].db


def run_migrations() -> None:
    """Migrate in one transaction; SQLite rebuilds tables without foreign keys.

    With foreign keys on, a batch migration that drops and renames a table deletes
    the rows that refer to it. So they are off meanwhile and checked afterwards.
    """
    with database.engine.connect() as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=database.metadata,
            render_as_batch=True,
            compare_type=True,
            user_module_prefix=None,
        )
        with context.begin_transaction():
            context.run_migrations()
            if sqlite and connection.execute(sa.text("PRAGMA foreign_key_check")).all():
                raise RuntimeError("the migration would leave orphan rows")
        if sqlite:
            connection.connection.driver_connection.execute("PRAGMA foreign_keys = ON")


run_migrations()
