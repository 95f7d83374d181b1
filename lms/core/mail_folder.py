"""The folder of letters, where no server takes them."""

import logging
from email.message import EmailMessage
from pathlib import Path

from flask import current_app

from lms.core.database import utcnow

logger = logging.getLogger(__name__)


def mail_folder() -> Path:
    """Return where it is."""
    folder: Path = current_app.config["INSTANCE"] / "mail"
    return folder


def keep(message: EmailMessage) -> None:
    """Put a letter into the folder, whole or not at all."""
    folder = mail_folder()
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{utcnow():%Y%m%d-%H%M%S-%f}-{message['Message-ID'][1:9]}.eml"
    draft = folder / f"{name}.part"
    try:
        draft.write_bytes(message.as_bytes())
        draft.replace(folder / name)
    finally:
        draft.unlink(missing_ok=True)
    logger.info("mail kept as %s", name)


def kept_letters() -> list[Path]:
    """Return the files of its letters, whole or cut off."""
    return sorted(mail_folder().glob("*.eml*"))
