"""The one way by which a letter about the course reaches a person."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from lms.core import mail_message
from lms.core.extensions import db
from lms.core.mail import compose, letter_waited, send_mail
from lms.core.mail_message import message_name
from lms.identity.accounts.models import User
from lms.identity.letters.models import Letter, SwitchedOff
from lms.identity.letters.off_links import off_headers, off_link


def write_letter(
    person: User,
    letter: Letter,
    subject: str,
    template: str,
    *,
    key: str | None = None,
    reply_to: str = "",
    about: Mapping[str, Any] | None = None,
    **context: Any,
) -> None:
    """Add a letter to the caller's transaction, unless the person wants none such.

    It may wait for days, so `look_again` asks the same when it leaves, and so do those
    who know by `about` what else makes it needless.
    Answers go to `reply_to`, or else to the organiser. The template ends with
    `{% include "identity/letters/mail/_foot.txt" %}`.
    """
    if not _is_wanted(letter, person):
        return
    link = off_link(person, [letter])
    answers = {"Reply-To": reply_to} if reply_to else {}
    context |= {"off_link": link, "headers": off_headers(link) | answers}
    facts = {"person": person.id, "letter": letter.name, **(about or {})}
    context |= {"key": key, "about": facts, "person": person}
    send_mail(person.email, subject, template, **context)


@letter_waited.connect
def look_again(letter: dict[str, Any]) -> None:
    """Let a letter go where its person reads by now, or nowhere if it is not wanted.

    An admin may have corrected the address that was a stranger's. Letters to an address
    rather than a person, such as those about its change, stay as they are.
    """
    if "person" not in letter:
        return
    person = db.session.get(User, letter["person"])
    kind = Letter.__members__.get(letter.get("letter", ""))
    if person is None or not _is_wanted(kind, person):
        letter["to"] = ""
    else:
        letter["to"] = person.email


def compose_letter(
    person: User,
    letters: Iterable[Letter],
    subject: str,
    template: str,
    *,
    event: str,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> mail_message.Letter:
    """Return a letter for a job to hand over, with the link that switches it off.

    `event` names what the letter is about: at each try its `Message-ID` is the same.
    """
    link = off_link(person, letters)
    return compose(
        person.email,
        subject,
        template,
        message_id=message_name(event),
        headers={**off_headers(link), **(headers or {})},
        person=person,
        off_link=link,
        **context,
    )


def reader_of(letter: Letter, person_id: int) -> User | None:
    """Return the person of a job, unless the account is closed or wants none such."""
    person = db.session.get(User, person_id)
    return person if person and _is_wanted(letter, person) else None


def switched_off(person: User) -> set[Letter]:
    """Return the kinds of letters that a person does not want."""
    query = sa.select(SwitchedOff.letter).where(SwitchedOff.user_id == person.id)
    return set(db.session.scalars(query))


def switch_off(person: User, letters: Iterable[Letter]) -> None:
    """Stop these kinds of letters."""
    _add(person.id, letters)
    db.session.commit()


def choose_letters(
    person: User, *, wanted: Iterable[Letter], offered: Iterable[Letter]
) -> None:
    """Send the wanted kinds and stop the others that the page offered."""
    on, off = set(wanted), set(offered) - set(wanted)
    db.session.execute(
        sa.delete(SwitchedOff).where(
            SwitchedOff.user_id == person.id, SwitchedOff.letter.in_(on)
        )
    )
    _add(person.id, off)
    db.session.commit()


def _is_wanted(letter: Letter | None, person: User) -> bool:
    return not person.closed_at and letter not in switched_off(person)


def _add(user_id: int, letters: Iterable[Letter]) -> None:
    """Write the rows that are missing; a double click meets the primary key."""
    for letter in sorted(letters, key=lambda letter: letter.name):
        try:
            with db.session.begin_nested():
                row = {"user_id": user_id, "letter": letter}
                db.session.execute(sa.insert(SwitchedOff).values(row))
        except IntegrityError:
            continue
