"""Letters to the holder of a certificate."""

from typing import Any

from lms.core.extensions import db
from lms.core.mail import letter_waited
from lms.core.names import short_name
from lms.identity.letters.models import Letter
from lms.identity.letters.services import write_letter
from lms.outcomes.certificates.models import Certificate


def tell_of_issue(certificate: Certificate) -> None:
    """Tell the holder of a certificate that is theirs from now on."""
    subject = "Исправленный сертификат" if certificate.replaces else "Ваш сертификат"
    _write(certificate, subject, "issued", about={"issued": certificate.id})


def tell_of_revocation(certificate: Certificate) -> None:
    """Tell the holder that it is void, and why."""
    _write(certificate, "Сертификат отозван", "revoked")


@letter_waited.connect
def drop_overtaken(letter: dict[str, Any]) -> None:
    """Send nobody for a certificate that was revoked or replaced meanwhile."""
    if "issued" not in letter:
        return
    certificate = db.session.get(Certificate, letter["issued"])
    if certificate is None or not certificate.is_valid:
        letter["to"] = ""


def _write(
    certificate: Certificate,
    subject: str,
    name: str,
    *,
    about: dict[str, Any] | None = None,
) -> None:
    write_letter(
        certificate.user,
        Letter.CERTIFICATE,
        f"{subject}: {certificate.course_title}",
        f"outcomes/certificates/mail/{name}.txt",
        key=f"certificate-{name}-{certificate.number}",
        about=about,
        certificate=certificate,
        name=short_name(certificate.user.full_name),
    )
