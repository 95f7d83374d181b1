"""The council of a school as it is read, and as tables of the register."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from lms.core.extensions import db
from lms.core.language import day
from lms.core.tables import Table
from lms.network.councils.models import CouncilMeeting, CouncilMember, Side

MEMBERS = {"Кто": 30, "Должность": 40, "Сторона": 20, "В совете с": 18, "До": 18}
MEETINGS = {"День": 18, "О чём говорили": 44, "Что решили": 44, "Протокол": 34}


@dataclass(frozen=True)
class Council:
    """Who is in a council now, who was, and when it met."""

    members: Sequence[CouncilMember]
    meetings: Sequence[CouncilMeeting]

    @property
    def present(self) -> list[CouncilMember]:
        return [one for one in self.members if not one.is_past]

    @property
    def past(self) -> list[CouncilMember]:
        return [one for one in self.members if one.is_past]

    @property
    def missing(self) -> list[str]:
        """Name the sides that nobody speaks for; a council without members has none."""
        here = {one.side for one in self.present}
        return [side.value for side in Side if side not in here] if here else []


def council_of(school_id: int) -> Council:
    """Return the council of a school; as many statements, however long it is."""
    sides = sa.case(*((CouncilMember.side == s, n) for n, s in enumerate(Side)))
    members = (
        sa.select(CouncilMember)
        .where(CouncilMember.school_id == school_id)
        .order_by(sides, CouncilMember.name, CouncilMember.id)
    )
    meetings = (
        sa.select(CouncilMeeting)
        .where(CouncilMeeting.school_id == school_id)
        .order_by(CouncilMeeting.held_on.desc(), CouncilMeeting.id.desc())
        .options(selectinload(CouncilMeeting.files))
    )
    return Council(
        db.session.scalars(members).all(), db.session.scalars(meetings).all()
    )


def tables_of(council: Council, *, in_full: bool) -> list[Table]:
    """Return the members and the meetings; `in_full` for the school's own people."""
    members = [_of_member(one, in_full=in_full) for one in council.members]
    meetings = [_of_meeting(one, in_full=in_full) for one in council.meetings]
    made = [
        Table("Координационный совет", MEMBERS, members),
        Table("Заседания совета", MEETINGS, meetings),
    ]
    return [table for table in made if table.rows]


def _of_member(one: CouncilMember, *, in_full: bool) -> list[str]:
    name, position = (one.name, one.position) if in_full else ("", "")
    since = day(one.since) if one.since else ""
    until = day(one.left_on) if one.left_on else ""
    return _filled(name, position, one.side.value, since, until)


def _of_meeting(one: CouncilMeeting, *, in_full: bool) -> list[str]:
    words = one.agenda, one.decisions, "\n".join(file.name for file in one.files)
    return _filled(day(one.held_on), *(words if in_full else ("", "", "")))


def _filled(*cells: str) -> list[str]:
    return [cell or "—" for cell in cells]
