"""The consent to personal-data processing: its versions, and who accepted them."""

import logging

import sqlalchemy as sa
from markupsafe import escape

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.models import (
    OPERATOR,
    Consent,
    ConsentDocument,
    User,
)

logger = logging.getLogger(__name__)


def current_consent_document() -> ConsentDocument | None:
    """Return the text in force: the newest one, or nothing before the first."""
    newest = sa.select(ConsentDocument).order_by(ConsentDocument.id.desc()).limit(1)
    return db.session.scalar(newest)


def last_consent(user: User) -> Consent | None:
    """Return what a person accepted last."""
    return db.session.scalar(
        sa.select(Consent)
        .where(Consent.user_id == user.id)
        .order_by(Consent.id.desc())
        .limit(1)
    )


def import_consent(version: str, title: str, html: str) -> bool:
    """Put a text into force, and tell whether it is new; everybody is asked again.

    `html` comes from `lms.text.markup`. People accepted a version as it was, so the
    same version never gets another text.
    """
    known = sa.select(ConsentDocument).where(ConsentDocument.version == version)
    document = db.session.scalar(known)
    if document is None:
        db.session.add(ConsentDocument(version=version, title=title, html=html))
        db.session.commit()
        logger.info("consent %s is in force", version)
        return True
    if (document.title, document.html) != (title, html):
        raise RuleError(
            f"Согласие версии {version} уже принимали с другим текстом. Поднимите"
            " version в consent.md, и сайт попросит всех согласиться с новым."
        )
    return False


def name_operator(operator: str) -> None:
    """Put the text that names the operator into force; the caller commits.

    People accept a text as it is, so another operator makes another version, and
    everybody is asked again. A text of the author's own names nobody here.
    """
    newest = current_consent_document()
    source = newest and _as_written(newest)
    if newest is None or source is None or not operator:
        return
    html = source.html.replace(OPERATOR, str(escape(operator)))
    if html in {newest.html, source.html}:
        return
    ours = ConsentDocument.template == source.version
    named = db.session.scalar(sa.select(sa.func.count()).where(ours)) or 0
    document = ConsentDocument(
        version=f"{source.version} · {named + 1}",
        template=source.version,
        title=source.title,
        html=html,
    )
    db.session.add(document)
    logger.info("consent %s names the operator", document.version)


def _as_written(document: ConsentDocument) -> ConsentDocument | None:
    """Return the text as it stands in `consent.md`."""
    if document.template is None:
        return document
    written = sa.select(ConsentDocument).where(
        ConsentDocument.version == document.template
    )
    return db.session.scalar(written)


def record_consent(user: User, version: str) -> None:
    """Add a person's consent to the caller's transaction.

    Only what stood on the page is accepted: a newer text has to be read first.
    """
    document = current_consent_document()
    if document is None or document.version != version:
        raise RuleError(
            "Пока страница была открыта, текст согласия изменился. Прочитайте новый."
        )
    try:
        with db.session.begin_nested():
            db.session.add(Consent(user_id=user.id, document_id=document.id))
    except sa.exc.IntegrityError:
        return  # a double click: accepted a moment ago
    user.consent_version = version


def accept_consent(user: User, version: str) -> None:
    """Store that a person accepts the version that stood on the page, and when."""
    record_consent(user, version)
    db.session.commit()
    logger.info("user %s: accepted consent %s", user.id, version)
