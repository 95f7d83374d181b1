"""A certificate as a picture: drawn when its holder asks, and kept for a while."""

from functools import lru_cache

from lms.core.extensions import db
from lms.outcomes.certificates.models import Certificate

# Sharp enough on a phone, and no heavier than a photo of it.
PPI = 80
# About a hundred kilobytes each: whoever looks at home looks again.
KEPT = 128


def picture_of(certificate: Certificate) -> bytes:
    """Return the PNG of a certificate."""
    return _draw(certificate.id, certificate.pdf_sha256)


@lru_cache(maxsize=KEPT)
def _draw(certificate_id: int, _pdf_sha256: str) -> bytes:
    """Draw once: the hash tells apart what had the same id in a restored database."""
    from lms.outcomes.certificates.paper import draw_picture

    return draw_picture(db.session.get_one(Certificate, certificate_id), ppi=PPI)
