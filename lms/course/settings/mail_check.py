"""Whether letters leave: an admin sends one and reads what the server says."""

from flask import current_app

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.jobs import JobError
from lms.core.mail import compose
from lms.core.mail_message import message_of
from lms.core.smtp import send_while_waiting
from lms.identity.accounts.models import User
from lms.identity.audit.services import record

# In the journal; the first day of a site asks whether it is there.
CHECKED = "проверена почта"


def check_mail(admin: User) -> str:
    """Send a letter to an admin at once and return the answer of the server.

    Nobody else waits meanwhile: the transaction has ended before the talk.
    """
    url = current_app.config["SMTP_URL"]
    if not url:
        raise RuleError(
            "Почта не настроена, письма складываются в папку mail. Задайте SMTP_URL"
            " и LMS_MAIL_FROM и запустите сайт снова."
        )
    letter = compose(
        admin.email,
        "Проверка почты сайта",
        "course/settings/mail/check.txt",
        person=admin,
    )
    db.session.rollback()
    try:
        answer = send_while_waiting(message_of(letter), url)
    except JobError as refusal:
        raise RuleError(f"Письмо не ушло: {refusal}.") from None
    record(admin.id, CHECKED, admin, after={"ответ сервера": answer})
    db.session.commit()
    return answer
