"""Finding a certificate by what somebody remembers of it."""

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.search import search_for
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.outcomes.certificates.codes import read_code, read_number
from lms.outcomes.certificates.models import (
    Certificate,
    CertificateCounter,
    CertificateState,
)

PAGE = 30
WORDS = (
    Certificate.number,
    Certificate.holder_name,
    Certificate.school_name,
    Certificate.municipality,
    Certificate.team_name,
)


def find_certificates(
    ways: Sequence[sa.ColumnElement[bool]],
    *,
    words: str = "",
    state: CertificateState | None = None,
    year: int | None = None,
    cohort_id: int | None = None,
    size: int = PAGE,
) -> Listing[Certificate]:
    """Find what may be seen: every word must be in the name, number, school or team.

    `ways` are those of `ways_to_certificates`.
    """
    certificates = sa.select(Certificate)
    if state:
        certificates = certificates.where(Certificate.state == state)
    if year:
        certificates = certificates.where(Certificate.year() == str(year))
    if cohort_id:
        certificates = certificates.where(Certificate.cohort_id == cohort_id)
    certificates = certificates.options(joinedload(Certificate.cohort))
    newest_first = Listing(certificates, [Certificate.id], size, descending=True)
    search = search_for(read_number(words), *WORDS)
    return replace(newest_first, ways=ways, search=search)


def years() -> Sequence[int]:
    """Return the years in which certificates were issued, the last one first."""
    newest = sa.select(CertificateCounter.year).order_by(CertificateCounter.year.desc())
    return db.session.scalars(newest).all()


def find_certificate(typed_code: str) -> Certificate | None:
    """Return the certificate with a public code, however the code was typed."""
    code = read_code(typed_code)
    found = sa.select(Certificate).where(Certificate.code == code)
    return db.session.scalar(found.options(joinedload(Certificate.replaced_by)))


def certificates_of(user_id: int, cohort_id: int) -> Sequence[Certificate]:
    """Return what a person holds or held for a cohort, the newest first."""
    held = sa.select(Certificate).where(
        Certificate.user_id == user_id, Certificate.cohort_id == cohort_id
    )
    return db.session.scalars(held.order_by(Certificate.id.desc())).all()


def newest_certificate(
    holder: User, cohort: Cohort | None = None
) -> Certificate | None:
    """Return what a person was given last, in a cohort or at all, in force or revoked.

    One that was replaced says no more than the one in its place.
    """
    held = sa.select(Certificate).where(
        Certificate.user_id == holder.id,
        Certificate.state != CertificateState.REPLACED,
    )
    if cohort:
        held = held.where(Certificate.cohort_id == cohort.id)
    return db.session.scalar(held.order_by(Certificate.id.desc()).limit(1))
