"""Two addresses for those who watch over the site."""

import sqlalchemy as sa
from flask import Blueprint, current_app
from flask.typing import ResponseReturnValue

from lms.core.access import PUBLIC, allow
from lms.core.extensions import db, limiter
from lms.core.file_store import check_folder, file_store
from lms.core.schema import HEAD, sqlite_file, stored_revision

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@allow(PUBLIC)
@limiter.exempt
def healthz() -> ResponseReturnValue:
    """Answer while the process lives."""
    return {"status": "ok"}


@bp.get("/readyz")
@allow(PUBLIC)
@limiter.exempt
def readyz() -> ResponseReturnValue:
    """Answer 200 when the tables are those of this code and the disk takes writes."""
    try:
        revision = stored_revision(db.session.connection())
        takes_writes = _takes_writes(db.session.connection())
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return {"status": "database"}, 503
    if revision != HEAD:
        return {"status": "schema"}, 503
    if not takes_writes or not _can_write():
        return {"status": "disk"}, 503
    return {"status": "ok"}


def _takes_writes(connection: sa.Connection) -> bool:
    """Ask PostgreSQL, whose disk may be elsewhere; SQLite lies in a folder of ours."""
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.scalar(sa.text("SHOW transaction_read_only")) == "off")


def _can_write() -> bool:
    """Write where files, letters and SQLite go; nothing of it stays."""
    database = sqlite_file(db.engine)
    folders = {current_app.config["INSTANCE"]} | (
        {database.parent} if database else set()
    )
    try:
        file_store().check()
        for folder in folders:
            check_folder(folder)
    except OSError:
        return False
    return True
