"""Finding a certificate by what somebody remembers of it."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.extensions import db
from lms.core.search import mentions
from lms.outcomes.certificates.codes import read_code, read_number
from lms.outcomes.certificates.models import (
    Certificate,
    CertificateCounter,
    CertificateState,
)

Certificates = sa.Select[Certificate]
WORDS = (
    Certificate.number,
    Certificate.holder_name,
    Certificate.school_name,
    Certificate.municipality,
    Certificate.team_name,
)


def search(
    certificates: Certificates,
    *,
    words: str = "",
    state: CertificateState | None = None,
    year: int | None = None,
    cohort_id: int | None = None,
) -> Certificates:
    """Narrow a list: every word must be in the name, number, school or team."""
    certificates = certificates.where(mentions(read_number(words), *WORDS))
    if state:
        certificates = certificates.where(Certificate.state == state)
    if year:
        certificates = certificates.where(Certificate.number.startswith(f"ТС-{year}-"))
    if cohort_id:
        certificates = certificates.where(Certificate.cohort_id == cohort_id)
    order = Certificate.id.desc()
    return certificates.order_by(order).options(joinedload(Certificate.cohort))


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
