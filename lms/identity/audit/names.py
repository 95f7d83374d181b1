"""What the things of a page of the journal are called; a statement for each kind."""

from collections.abc import Iterable
from typing import NamedTuple

import sqlalchemy as sa

from lms.core.extensions import db
from lms.course.modules.models import Module, Revision
from lms.identity.accounts.models import User
from lms.identity.audit.models import AuditEvent
from lms.schools.teams.models import Membership, Team
from lms.work.submissions.models import Submission


class Names(NamedTuple):
    """Names by kind and id, the person of each membership, the modules by slug."""

    things: dict[tuple[str, str], str]
    holders: dict[str, int]
    modules: dict[str, str]

    def of(self, event: AuditEvent) -> str:
        """Return what the thing is called: as it was then, where that was stored."""
        key = (event.object_type, event.object_id)
        return self.things.get(key, event.object_title)


def names_of(events: Iterable[AuditEvent]) -> Names:
    """Load the names of everything that a page of the journal is about."""
    ids: dict[str, set[int]] = {}
    for event in events:
        if event.object_id.isdecimal():
            ids.setdefault(event.object_type, set()).add(int(event.object_id))
    things = _works(ids.get("Submission", set()))
    holders = {}
    for key, user_id, person, team in _memberships(ids.get("Membership", set())):
        things["Membership", str(key)] = f"{person}, команда «{team}»"
        holders[str(key)] = user_id
    modules = {}
    for module_id, slug, position, title in _modules():
        modules[slug] = f"{position}. {title or slug}" if position else title or slug
        things["Module", str(module_id)] = f"«{modules[slug]}»"
    return Names(things, holders, modules)


def _works(ids: set[int]) -> dict[tuple[str, str], str]:
    query = (
        sa.select(Submission.id, Team.name, User.full_name, Module.position)
        .join(Submission.module)
        .outerjoin(Submission.team)
        .outerjoin(Submission.user)
        .where(Submission.id.in_(ids))
    )
    return {
        ("Submission", str(key)): (f"команды «{team}»" if team else f"({person})")
        + f", занятие {position}" * bool(position)
        for key, team, person, position in db.session.execute(query)
    }


def _memberships(ids: set[int]) -> Iterable[sa.Row[int, int, str, str]]:
    return db.session.execute(
        sa.select(Membership.id, Membership.user_id, User.full_name, Team.name)
        .join(Membership.user)
        .join(Membership.team)
        .where(Membership.id.in_(ids))
    )


def _modules() -> Iterable[sa.Row[int, str, int, str | None]]:
    return db.session.execute(
        sa.select(Module.id, Module.slug, Module.position, Revision.title).outerjoin(
            Module.current_revision
        )
    )
