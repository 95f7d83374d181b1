"""The number and the public code: how they are made, written and read back."""

import re
import secrets
from datetime import datetime
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from lms.core.extensions import db
from lms.core.language import site_zone
from lms.outcomes.certificates.models import CertificateCounter

# No 0, 1, I, L, O, U: what is read from paper is typed as it was printed.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 4, 4
# A Russian keyboard has letters that look the same and are others.
_LOOKALIKES = str.maketrans("АВЕЗКМНРСТУХ", "ABE3KMHPCTYX")
_NUMBER = re.compile(r"№?\s*[TТ][SСC]-?\d{4}-?\d{1,6}")
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take_number(moment: datetime) -> str:
    """Take the next number of the year and hold the year's counter until the commit.

    Whoever issues at the same time waits here, so numbers have no gaps: a
    transaction that fails gives its number back.
    """
    year = moment.astimezone(site_zone()).year
    insert = INSERT[db.engine.dialect.name]
    first = insert(CertificateCounter).values(year=year, last=1)
    last = db.session.scalar(
        first.on_conflict_do_update(
            index_elements=[CertificateCounter.year],
            set_={"last": CertificateCounter.last + 1},
        ).returning(CertificateCounter.last)
    )
    return f"ТС-{year}-{last:06}"


def read_number(address: str) -> str:
    """Return the number that `Certificate.address` stands for."""
    return address.upper().replace("TS-", "ТС-")


def is_number(typed: str) -> bool:
    """Tell whether somebody typed the number of a certificate, whole."""
    return bool(_NUMBER.fullmatch(typed.strip().upper()))


def new_code() -> str:
    """Make an unguessable code of 78 bits: «K7QD-M2XP-4RTW-9HNC»."""
    return _grouped("".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP)))


def read_code(typed: str) -> str | None:
    """Return the code as it is stored, however it was typed; None for another thing.

    Spaces, small letters, Cyrillic look-alikes and the whole address are fine.
    """
    last_part = typed.strip().rstrip("/").rpartition("/")[2]
    letters = last_part.upper().translate(_LOOKALIKES)
    code = re.sub(r"[\s\-–—_.]", "", letters)
    if len(code) != GROUPS * GROUP or not set(code) <= set(ALPHABET):
        return None
    return _grouped(code)


def _grouped(code: str) -> str:
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))
