"""Letters of the demonstration that had a harder way than the others."""

from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.jobs import Delivery, Job
from lms.core.mail import compose
from lms.identity.accounts.models import User
from lms.work.submissions.models import Attempt

REFUSED = "почтовый сервер ответил: 550 5.1.1 такого ящика нет"
AWAY = "почтовый сервер не пускает сайт (Connection refused)"
UNREADABLE = "файл «Смета.docx» не открывается"


def letters_on_their_way(people: list[User]) -> None:
    """Let three letters be gone, two be refused for good, and one be tried again."""
    now = utcnow()
    gone = (Job(kind="password link", payload={}, tries=1) for _ in range(3))
    for days, job in enumerate(gone, start=1):
        job.run_at = job.done_at = now - timedelta(days=days)
        job.delivery = Delivery.SENT
        db.session.add(job)
    for person in people[:2]:
        parked_at = now - timedelta(days=1)
        db.session.add(_letter(person, error=REFUSED, tries=1, parked_at=parked_at))
    later = now + timedelta(hours=3)
    db.session.add(_letter(people[2], error=AWAY, tries=5, run_at=later))
    attempt = db.session.scalar(sa.select(sa.func.max(Attempt.id)))
    facts = {"error": UNREADABLE, "tries": 16, "parked_at": now - timedelta(hours=9)}
    db.session.add(Job(kind="excerpts", payload={"attempt": attempt}, **facts))
    db.session.commit()


def _letter(person: User, **facts: object) -> Job:
    template = "identity/accounts/mail/password_changed.txt"
    letter = compose(person.email, "Пароль изменён", template, person=person)
    return Job(kind="mail", payload=letter, **facts)
