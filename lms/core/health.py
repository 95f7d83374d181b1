"""Two addresses for those who watch over the site."""

import sqlalchemy as sa
from flask import Blueprint
from flask.typing import ResponseReturnValue

from lms.core.access import PUBLIC, allow
from lms.core.extensions import db, limiter

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
    """Answer 200 when the database answers and its tables are there."""
    try:
        db.session.execute(sa.text("SELECT 1 FROM alembic_version"))
    except sa.exc.SQLAlchemyError:
        db.session.rollback()
        return {"status": "database"}, 503
    return {"status": "ok"}
