"""Erasing people in tests, and looking through everything that a site keeps."""

import json
from datetime import timedelta

import sqlalchemy as sa
from flask import current_app

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import run_next
from lms.identity.erasures.asking import ask_erasure, erasure_of
from lms.identity.erasures.erasing import erase
from lms.identity.requests.models import DataRequest
from tests.conftest import PASSWORD
from tests.older_rows import tables_of


def do_jobs():
    """Do all that waits."""
    while run_next():
        pass


def ask(person):
    """Ask to be erased; return the request."""
    return ask_erasure(person, password=PASSWORD).request


def end_the_days(person):
    """Let the days end in which a person may think better of it."""
    erasure = erasure_of(person)
    erasure.erase_at = utcnow() - timedelta(seconds=1)
    db.session.commit()
    return erasure


def erase_now(person):
    """Erase a person as the job does; return the request."""
    request = ask(person)
    erase(end_the_days(person).request_id)
    do_jobs()
    return db.session.get_one(DataRequest, request.id)


def cells_with(*words):
    """Name every column of every table in which one of the words stands."""
    return {
        f"{table.name}.{column.name}"
        for table in tables_of(db.session.connection())
        for row in db.session.execute(sa.select(table)).mappings()
        for column in table.columns
        if _has(row[column], words)
    }


def _has(value, words):
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    text = text.encode().decode("unicode_escape") if "\\u" in text else text
    return any(word.casefold() in text.casefold() for word in words)


def files_with(*words):
    """Name every file of the site in which one of the words stands."""
    folder = current_app.config["INSTANCE"]
    kept = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [
        path.name
        for path in kept
        if path.suffix != ".sqlite3"
        and any(word.encode() in path.read_bytes() for word in words)
    ]
