"""A mailing goes out: one job shares it out, one job per person sends it.

Whoever needs the letter no more by then gets none, even if the mail server was down
for hours. A copy is claimed before it is handed over, so neither a second worker nor
a worker that comes back after a crash sends it twice, nor is one sent again that the
mail server may have taken.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from lms.core.database import utcnow
from lms.core.extensions import db
from lms.core.job_tries import LEASE
from lms.core.jobs import (
    Delivery,
    FinalError,
    Job,
    UncertainError,
    enqueue,
    first_step,
    job,
)
from lms.core.mail import deliver
from lms.identity.accounts.permissions import can_judge
from lms.identity.letters.models import Letter
from lms.identity.letters.services import compose_letter
from lms.overview.mailings.addressees import Addressee, Group, addressees_of
from lms.overview.mailings.models import Mailing, Outcome, Purpose, Recipient
from lms.overview.mailings.permissions import may_write_to, writes_to_captains
from lms.overview.mailings.services import unreachable
from lms.overview.mailings.wording import fill_in
from lms.overview.progress.matrix import Matrix, matrix_of
from lms.schools.teams.models import Membership

BATCH = 100
# A person wrote this: whoever is away may say so (RFC 3834).
BY_HAND = {"Auto-Submitted": "no"}
# A worker that was believed dead and is not finds its copy settled meanwhile.
CLAIMED = {Outcome.SENDING, Outcome.INTERRUPTED}


@job("mailing", "Рассылка командам")
def share_out(request: dict[str, Any]) -> None:
    """Add a job for each copy; those that have one already get no second."""
    mailing_id = request["mailing"]
    waiting = sa.select(Recipient.user_id).where(
        Recipient.mailing_id == mailing_id, Recipient.outcome == Outcome.WAITING
    )
    people = list(db.session.scalars(waiting))
    for number, user_id in enumerate(people, start=1):
        copy = {"mailing": mailing_id, "person": user_id}
        key = f"mailing:{mailing_id}:{user_id}"
        enqueue("mailing_copy", copy, key=key, bulk=True)
        if number % BATCH == 0:
            db.session.commit()  # others get their turn to write
    db.session.commit()


@job("mailing_copy", "Письмо команде от тьютора", letter=True)
def send_copy(request: dict[str, Any]) -> Delivery | None:
    """Send one copy, unless the person needs it no more."""
    whose = (request["mailing"], request["person"])
    recipient = db.session.get(
        Recipient, whose, options=[joinedload(Recipient.mailing)]
    )
    if recipient is None or recipient.outcome.is_over:
        return None
    if recipient.outcome is Outcome.SENDING:
        _move(whose, CLAIMED, Outcome.INTERRUPTED)
        return None
    found = _need(recipient)
    if isinstance(found, Outcome):
        _move(whose, {Outcome.WAITING}, found)
        return None
    letter = _letter(recipient, found)
    db.session.rollback()  # hold no transaction while the mail server thinks
    if not _move(whose, {Outcome.WAITING}, Outcome.SENDING):
        return None
    try:
        delivery = deliver(letter)
    except UncertainError as error:
        _move(whose, CLAIMED, Outcome.INTERRUPTED)
        raise FinalError(str(error)) from None
    except Exception:
        _move(whose, CLAIMED, Outcome.WAITING)
        raise
    _move(whose, CLAIMED, Outcome.SENT if delivery is Delivery.SENT else Outcome.KEPT)
    return delivery


@first_step
def settle_interrupted() -> None:
    """Settle the copies that a worker claimed and did not live to send."""
    db.session.execute(
        sa.update(Recipient)
        .where(Recipient.outcome == Outcome.SENDING)
        .where(Recipient.settled_at < utcnow() - LEASE)
        .values(outcome=Outcome.INTERRUPTED)
    )
    db.session.commit()


def count_failing(mailing: Mailing) -> int:
    """Count the copies that the mail server has not taken so far."""
    copies = sa.select(sa.func.count(Job.id)).where(
        Job.key.startswith(f"mailing:{mailing.id}:"),
        Job.done_at.is_(None),
        Job.error != "",
    )
    return db.session.scalar(copies) or 0


def _need(recipient: Recipient) -> Addressee | Outcome:
    """Return what to write about, or why the letter is not needed any more."""
    user_id = recipient.user_id
    member = sa.select(Membership.id).where(
        Membership.team_id == recipient.team_id,
        Membership.user_id == user_id,
        Membership.left_at.is_(None),
    )
    if db.session.scalar(member) is None:
        return Outcome.LEFT
    mailing = recipient.mailing
    # What the author may not know yet, the fate of a copy must not tell either.
    author, team_id = mailing.author, recipient.team_id
    if not may_write_to(author, mailing.cohort, team_id):
        return Outcome.NEEDLESS
    matrix = matrix_of(mailing.cohort, team_id=team_id, viewer=author)
    group = _group(mailing, matrix)
    people = addressees_of(matrix, group, viewer=author, team_id=team_id)
    found = next((one for one in people if one.user.id == user_id), None)
    found = found if mailing.cohort.is_open else None
    if found is None:
        return Outcome.NEEDLESS
    return unreachable([found]).get(user_id, found)


def _group(mailing: Mailing, matrix: Matrix) -> Group:
    about = (c for c in matrix.columns if c.module.id == mailing.module_id)
    return Group(mailing.purpose, next(about, None))


def _letter(recipient: Recipient, addressee: Addressee) -> dict[str, Any]:
    mailing = recipient.mailing
    # The address of a captain is for the eyes of staff only.
    is_captain = mailing.purpose is Purpose.REMINDER
    answers = {} if is_captain else {"Reply-To": mailing.author.email}
    return compose_letter(
        addressee.user,
        [Letter.FROM_TUTOR],
        fill_in(mailing.subject, addressee),
        "overview/mailings/mail/letter.txt",
        event=f"mailing:{mailing.id}:{recipient.user_id}",
        headers=BY_HAND | answers,
        text=fill_in(mailing.text, addressee),
        author=mailing.author,
        by_captain=is_captain,
        role=_role(mailing),
    )


def _role(mailing: Mailing) -> str:
    """Say who the author is for the course."""
    if writes_to_captains(mailing.author, mailing.cohort):
        return "координатор территории"
    return "тьютор курса" if can_judge(mailing.author) else "организатор курса"


def _move(whose: tuple[int, int], before: set[Outcome], after: Outcome) -> bool:
    """Change the outcome of a copy at once; tell whether it was what it should be."""
    moved = db.session.execute(
        sa.update(Recipient)
        .where(Recipient.mailing_id == whose[0], Recipient.user_id == whose[1])
        .where(Recipient.outcome.in_(before))
        .values(outcome=after, settled_at=utcnow())
    )
    db.session.commit()
    return bool(moved.rowcount == 1)  # type: ignore[attr-defined]
