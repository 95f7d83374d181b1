"""The journal of the demonstration: everything that happens there, in Russian."""

import re

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.views import rows_of

# Addresses are as people wrote them.
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")


def test_no_latin_word_is_shown(demo):
    with demo.test_request_context():
        rows = rows_of(db.session.scalars(sa.select(AuditEvent)).all())
    shown = [
        word
        for row in rows
        for part in [row["sentence"], *row["details"]]
        for word in part
    ]

    assert len(rows) > 50
    assert [text for text in shown if LATIN.search(ADDRESS.sub("", text))] == []
