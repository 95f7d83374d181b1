"""The journal of the demonstration: everything that happens there, in Russian."""

import re

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.views import rows_of
from lms.identity.audit.words import KINDS

# Addresses and names of files are as people wrote them.
LATIN = re.compile(r"[A-Za-z]{2,}")
ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\S+\.(csv|docx)")
# Quarters have Roman numbers, which are Latin letters.
QUARTER = re.compile(r"\b(I{1,3}|IV) квартал")


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
    assert [text for text in shown if LATIN.search(_without_names(text))] == []


def test_whatever_happens_is_of_a_named_kind(demo):
    with demo.app_context():
        things = set(db.session.scalars(sa.select(AuditEvent.object_type)))

    assert things - set(KINDS) == set()


def _without_names(text):
    """Leave out what is no word of ours."""
    return QUARTER.sub("", ADDRESS.sub("", text))
