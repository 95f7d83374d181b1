"""What may happen to the members of a council: added, corrected, removed."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before, go_one_by_one
from lms.core.together import correct, hold
from lms.identity.accounts.models import User
from lms.identity.accounts.signals import person_acted
from lms.identity.audit.services import record
from lms.network.councils.models import CouncilMeeting, CouncilMember
from lms.network.councils.rules import check
from lms.network.partners.moving import move_to_empty
from lms.schools.teams.models import School
from lms.schools.teams.signals import school_emptied

MOST_MEMBERS = 100
KNOWN = "Этот человек уже есть в совете."
FULL = f"В совете не больше {MOST_MEMBERS} человек вместе с прежними."


def add_member(
    school: School,
    values: Mapping[str, Any],
    *,
    author: User,
    form_key: str | None = None,
) -> CouncilMember:
    """Put somebody into the council of a school."""
    if known := added_before(CouncilMember, form_key):
        return known
    go_one_by_one(f"council {school.id}")
    check(values)
    _check_room(school.id, values)
    member = CouncilMember(school_id=school.id, form_key=form_key, **dict(values))
    db.session.add(member)
    record(author.id, "добавлен член совета", member)
    person_acted.send(author)
    db.session.commit()
    return member


def change_member(
    member: CouncilMember, values: Mapping[str, Any], *, seen: int, author: User
) -> None:
    """Correct a member, or say when the person left, unless a colleague has since."""
    check(values)
    correct(member, values, seen=seen)
    record(author.id, "изменён член совета", member)
    person_acted.send(author)
    db.session.commit()


def remove_member(member: CouncilMember, *, author: User) -> None:
    """Take away who was written down by mistake; who has left is history."""
    if not hold(member):
        return
    record(author.id, "убран член совета", member)
    db.session.delete(member)
    db.session.commit()


def _check_room(school_id: int, values: Mapping[str, Any]) -> None:
    here = sa.select(sa.func.count(CouncilMember.id)).filter_by(school_id=school_id)
    same = {"name": values["name"], "side": values["side"], "left_on": None}
    same["position"] = values["position"]
    if db.session.scalar(here.filter_by(**same)):
        raise RuleError(KNOWN)
    if (db.session.scalar(here) or 0) >= MOST_MEMBERS:
        raise RuleError(FULL)


@school_emptied.connect
def move_council(school: School, *, left: int) -> str:
    """Take the council along, unless the right school has one."""
    stays = move_to_empty(CouncilMember, CouncilMeeting, left=left, to=school.id)
    return "координационный совет" if stays else ""
