"""Editions of `diagnostics.md`: kept when the course is imported, read as needed."""

import hashlib
from collections.abc import Collection

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.content.diagnostics import Diagnostics, Item
from lms.course.content.measures import Measures
from lms.course.modules.signals import measures_imported
from lms.monitoring.diagnostics.models import DiagnosticsEdition, Sitting


def newest_edition() -> sa.Select[int]:
    """Find the edition that cohorts take which begin now; none if it was withdrawn."""
    latest = sa.select(sa.func.max(DiagnosticsEdition.id)).scalar_subquery()
    return sa.select(DiagnosticsEdition.id).where(
        DiagnosticsEdition.id == latest, DiagnosticsEdition.is_withdrawn.is_(False)
    )


def diagnostics_of(editions: Collection[int]) -> dict[int, Diagnostics]:
    """Return what some editions ask; one statement."""
    query = sa.select(DiagnosticsEdition).where(DiagnosticsEdition.id.in_(editions))
    return {
        edition.id: _read(edition.content)
        for edition in db.session.scalars(query.order_by(DiagnosticsEdition.id))
    }


def items_of(sitting: Sitting) -> list[Item]:
    """Return the questions of the form that a person has."""
    return _read(sitting.round.edition.content).form(sitting.form)


def _read(stored: object) -> Diagnostics:
    """Read what was kept as JSON, where a tuple is a list."""
    return Diagnostics.model_validate(stored, strict=False)


@measures_imported.connect
def keep_edition(measures: Measures) -> None:
    """Keep what the course asks from now on, if that is not what it asked before."""
    asks = measures.diagnostics
    words = asks.model_dump_json() if asks else ""
    found = hashlib.sha256(words.encode()).hexdigest()
    newest = sa.select(DiagnosticsEdition).order_by(DiagnosticsEdition.id.desc())
    known = db.session.scalar(newest.limit(1))
    if known.content_hash == found if known else asks is None:
        return
    content = asks.model_dump(mode="json") if asks else {}
    edition = DiagnosticsEdition(content_hash=found, content=content)
    edition.is_withdrawn = asks is None
    db.session.add(edition)
