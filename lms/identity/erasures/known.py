"""By what names and addresses a person is known on this site."""

from collections.abc import Iterator

import sqlalchemy as sa

from lms.core.extensions import db
from lms.identity.accounts.models import User
from lms.identity.accounts.services import normalise_email
from lms.identity.audit.models import AuditEvent
from lms.identity.erasures.name_forms import KnownAs
from lms.outcomes.certificates.models import Certificate
from lms.schools.newcomers.models import Newcomer

# So the journal calls them where it says what was changed.
NAME, ADDRESS = "имя", "почта"


def known_as(person: User) -> KnownAs:
    """Collect the names and addresses of now and of before, wherever they were kept."""
    changes = list(_changes(person))
    said = [change[ADDRESS] for change in changes if ADDRESS in change]
    addresses = {person.email, *map(normalise_email, said)}
    names = {change[NAME] for change in changes if NAME in change}
    names |= {person.full_name, *_on_papers(person), *_in_invitations(addresses)}
    return KnownAs(sorted(names), sorted(addresses))


def _changes(person: User) -> Iterator[dict[str, str]]:
    events = sa.select(AuditEvent.before, AuditEvent.after).where(
        AuditEvent.object_type == User.__name__, AuditEvent.object_id == str(person.id)
    )
    for both in db.session.execute(events.order_by(AuditEvent.id)):
        yield from (change for change in both if change)


def _on_papers(person: User) -> list[str]:
    held = sa.select(Certificate.holder_name).where(Certificate.user_id == person.id)
    return list(db.session.scalars(held.order_by(Certificate.id)))


def _in_invitations(addresses: set[str]) -> list[str]:
    invited = sa.select(Newcomer.full_name).where(Newcomer.email.in_(addresses))
    return list(db.session.scalars(invited.order_by(Newcomer.id)))
