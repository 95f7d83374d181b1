"""The Flask extensions, made once and bound to an app in `create_app`."""

from typing import TYPE_CHECKING, TypeVar

import sqlalchemy as sa
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm

from lms.core.database import Base

Row = TypeVar("Row")


class Database(SQLAlchemy):
    """The database of the site; what it loads for a page has the type of its row."""

    def first_or_404(
        self, statement: sa.Select[Row], *, description: str | None = None
    ) -> Row:
        row: Row = super().first_or_404(statement, description=description)
        return row

    def begin_to_write(self) -> None:
        """Begin anew, as somebody who waits their turn to write.

        For a page that is read and stores something on the way, such as a thumbnail:
        see `_begin` in `core/database.py`.
        """
        self.session.rollback()
        self.session.connection(execution_options={"writes": True})


db = Database(model_class=Base)
# The base of every table. Flask-SQLAlchemy makes it while the site starts, so a type
# checker reads `Base` in its place and knows each column and relationship.
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model
login_manager = LoginManager()
csrf = CSRFProtect()
# What WTForms says by itself, such as of a choice that somebody took away meanwhile.
FlaskForm.Meta.locales = ["ru"]
limiter = Limiter(key_func=get_remote_address)
