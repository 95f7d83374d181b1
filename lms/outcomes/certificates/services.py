"""Everything that can happen to a certificate."""

import hashlib
import logging
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import contains_eager

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.storage import open_stored, store_bytes
from lms.course.cohorts.models import Cohort
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.outcomes.certificates.candidates import Candidate
from lms.outcomes.certificates.codes import new_code, take_number
from lms.outcomes.certificates.conditions import unmet_conditions
from lms.outcomes.certificates.letters import tell_of_issue, tell_of_revocation
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.outcomes.certificates.permissions import can_amend
from lms.outcomes.certificates.registry import certificates_of
from lms.outcomes.certificates.transcript import earned_certificate
from lms.schools.teams.models import Membership, Team

logger = logging.getLogger(__name__)

# What an administrator may correct, and what a new certificate takes as it was.
CORRECTED = ("holder_name", "school_name", "municipality", "team_name")
KEPT = (
    *("user_id", "cohort_id", "team_id", "course_title", "hours", "modules"),
    *("signer", "signer_position", "signature_sha256", "issuer"),
)


class Issue(NamedTuple):
    """What came of issuing to several people."""

    certificates: list[Certificate]
    refusals: list[str]


def issue_certificate(holder: User, cohort: Cohort, *, actor: User) -> Certificate:
    """Issue the certificate of a person who has met every condition."""
    try:
        certificate = add_certificate(holder, cohort, actor=actor)
        db.session.commit()
    except RuleError:
        db.session.rollback()
        raise
    return certificate


def add_certificate(holder: User, cohort: Cohort, *, actor: User) -> Certificate:
    """Issue a certificate in the caller's transaction, which ends with any refusal.

    The number is taken first: its counter makes others wait, so the checks below
    see what they have committed, and a refusal gives the number back. The PDF is
    stored before the commit: no certificate without its paper.
    """
    now = utcnow()
    number = take_number(now)
    membership = _last_membership(holder, cohort)
    _refuse_incomplete(membership, actor)  # first: a second reader learns no more
    _refuse_second(holder, cohort, actor)
    certificate = earned_certificate(
        membership, number=number, moment=now, issuer=actor
    )
    try:
        _store(certificate)
    except IntegrityError:
        raise RuleError("Этот сертификат только что выдал кто-то другой.") from None
    record(actor.id, "выдан сертификат", certificate, after=_facts(certificate))
    tell_of_issue(certificate)
    logger.info("certificate %s: issued by user %s", certificate.number, actor.id)
    return certificate


def issue_to_ready(candidates: Iterable[Candidate], *, actor: User) -> Issue:
    """Issue to everybody who is ready, each one in a transaction of their own."""
    ready = [
        (candidate.user, candidate.team.cohort)
        for candidate in candidates
        if candidate.is_ready
    ]
    issue = Issue([], [])
    for holder, cohort in ready:
        try:
            certificate = issue_certificate(holder, cohort, actor=actor)
        except RuleError as error:
            issue.refusals.append(f"{holder.full_name}: {error}")
        else:
            issue.certificates.append(certificate)
    return issue


def revoke_certificate(certificate: Certificate, *, reason: str, actor: User) -> None:
    """Declare a certificate void, for good; two admins at once are one revocation."""
    _end(
        certificate,
        CertificateState.REVOKED,
        revoked_at=utcnow(),
        revoked_by_id=actor.id,
        revoked_reason=reason,
    )
    record(actor.id, "отозван сертификат", certificate, after={"причина": reason})
    tell_of_revocation(certificate)
    db.session.commit()
    logger.info("certificate %s: revoked by user %s", certificate.number, actor.id)


def replace_certificate(
    certificate: Certificate, *, corrected: Mapping[str, str], actor: User
) -> Certificate:
    """Issue a corrected certificate; the old one says that it was replaced.

    What was earned stays as it was earned: the new one has a number, a code and a
    date of its own and the corrected words, everything else is the old one's.
    """
    words = {name: corrected[name] for name in CORRECTED}
    if all(getattr(certificate, name) == word for name, word in words.items()):
        raise RuleError("Всё написано так же, как было: исправьте хотя бы одно слово.")
    try:
        now = utcnow()
        number = take_number(now)
        _end(certificate, CertificateState.REPLACED)
        kept = {name: getattr(certificate, name) for name in KEPT}
        facts = {"number": number, "code": new_code(), "issued_at": now}
        new = Certificate(**kept, **words, **facts, issued_by_id=actor.id)
        _store(new)
        certificate.replaced_by_id = new.id
        before, after = _facts(certificate), _facts(new)
        record(actor.id, "заменён сертификат", certificate, before=before, after=after)
        tell_of_issue(new)
        db.session.commit()
    except RuleError:
        db.session.rollback()
        raise
    logger.info("certificate %s: replaced by %s", certificate.number, new.number)
    return new


def check_pdf(certificate: Certificate) -> None:
    """Refuse to hand out a file that is not byte for byte the one that was made."""
    if read_pdf(certificate.pdf_sha256) is None:
        logger.error("certificate %s: the stored PDF is damaged", certificate.number)
        raise RuleError(
            "Файл этого сертификата на сервере повреждён, и мы его не отдаём."
            " Сам сертификат в силе, его можно проверить по коду, а файл организатор"
            " курса вернёт из резервной копии."
        )


def read_pdf(sha256: str) -> bytes | None:
    """Return a stored PDF; nothing if it is lost or not what was made."""
    try:
        with open_stored(sha256) as file:
            pdf = file.read()
    except FileNotFoundError:
        return None
    return pdf if hashlib.sha256(pdf).hexdigest() == sha256 else None


def _last_membership(holder: User, cohort: Cohort) -> Membership:
    membership = db.session.scalar(
        sa.select(Membership)
        .join(Membership.team)
        .join(Team.school)
        .where(Membership.user_id == holder.id, Team.cohort_id == cohort.id)
        .order_by(Membership.left_at.is_not(None), Membership.joined_at.desc())
        .limit(1)
        .options(contains_eager(Membership.team).contains_eager(Team.school))
    )
    if membership is None:
        raise RuleError(f"В потоке «{cohort.name}» такого участника не было.")
    return membership


def _refuse_second(holder: User, cohort: Cohort, actor: User) -> None:
    last = next(iter(certificates_of(holder.id, cohort.id)), None)
    if last and last.is_valid:
        raise RuleError(f"Сертификат уже выдан: {last.number}.")
    if last and not can_amend(actor):
        raise RuleError(
            f"Сертификат {last.number} отозван. Новый может выдать администратор."
        )


def _refuse_incomplete(membership: Membership, actor: User) -> None:
    unmet = unmet_conditions(membership, actor)
    if unmet:
        raise RuleError(f"Выполнено ещё не всё. {unmet[0].sentence}.")


def _store(certificate: Certificate) -> None:
    from lms.outcomes.certificates.paper import make_pdf

    certificate.pdf_sha256 = store_bytes(make_pdf(certificate)).sha256
    db.session.add(certificate)
    db.session.flush()


def _end(certificate: Certificate, state: CertificateState, **values: Any) -> None:
    ended = db.session.execute(
        sa.update(Certificate)
        .where(
            Certificate.id == certificate.id,
            Certificate.state == CertificateState.VALID,
        )
        .values(state=state, **values)
    )
    if ended.rowcount == 0:  # type: ignore[attr-defined]
        db.session.rollback()
        raise RuleError("Этот сертификат уже отозван или заменён. Обновите страницу.")


def _facts(certificate: Certificate) -> dict[str, Any]:
    return {
        "номер": certificate.number,
        "имя": certificate.holder_name,
        "команда": certificate.team_name,
        "школа": certificate.school_name,
    }
