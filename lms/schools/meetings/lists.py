"""What can happen to an uploaded attendance list: looked at, confirmed, forgotten."""

import hashlib
import logging
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from lms.core.database import utcnow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.form_keys import added_before
from lms.core.retention import forget_after
from lms.identity.accounts.models import User
from lms.identity.audit.services import record
from lms.schools.meetings.aftermath import check_held
from lms.schools.meetings.attendance import rows_of
from lms.schools.meetings.joins import Comer, as_stored, minutes_of, read_comers
from lms.schools.meetings.lock import lock_meeting
from lms.schools.meetings.matching import Finding, Verdict, match_people
from lms.schools.meetings.models import (
    Attendance,
    AttendanceList,
    Match,
    Meeting,
    Source,
)
from lms.schools.meetings.turnout import called_to

logger = logging.getLogger(__name__)

FORGOTTEN_AFTER = timedelta(days=7)
# They are full of other people's names.
forget_after(
    FORGOTTEN_AFTER, AttendanceList.created_at, what="списки явки, которые не приняли"
)
GONE = "Этот список уже приняли или убрали."
CHANGED = (
    "Пока вы смотрели на список, люди в командах изменились. Ничего не сохранено:"
    " список ниже сверен заново."
)
NO_MINUTES = (
    "В списке нет колонки минут. Отметьте, что присутствовавшими считаются все, или"
    " загрузите другой список."
)


@dataclass(frozen=True)
class Plan:
    """What a list would change if it were confirmed now."""

    findings: list[Finding]
    # Who is known already, by person; None: from beginning to end.
    known: Mapping[int, Attendance]
    minutes: int
    has_minutes: bool

    @property
    def counts(self) -> dict[Verdict, int]:
        found = Counter(one.verdict for one in self.findings)
        return {verdict: found[verdict] for verdict in Verdict}

    def of(self, verdict: Verdict) -> list[Finding]:
        """Return the people of one verdict."""
        return [one for one in self.findings if one.verdict is verdict]

    def guests(self, taken: Mapping[int, int]) -> int:
        """Count those who stay unknown, with those who were not chosen."""
        unknown = self.of(Verdict.UNKNOWN) + self.of(Verdict.LIKELY)
        return sum(one.number not in taken for one in unknown)

    @property
    def fingerprint(self) -> str:
        """Tell what a page has shown from what would happen now."""
        said = [
            (one.number, one.verdict.name, [person.id for person in one.people])
            for one in self.findings
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()

    def present(self, taken: Mapping[int, int]) -> dict[int, tuple[int | None, Match]]:
        """Return for how long each person was there, with those that were chosen."""
        comers: dict[int, list[Comer]] = defaultdict(list)
        ways: dict[int, Match] = {}
        for one in self.findings:
            found = one.verdict is Verdict.FOUND
            user_id = one.people[0].id if found else taken.get(one.number)
            if user_id is not None and one.verdict is not Verdict.STAFF:
                comers[user_id].append(one.comer)
                ways.setdefault(user_id, one.matched_by or Match.CHOICE)
        return {
            user_id: (self._minutes(came), ways[user_id])
            for user_id, came in comers.items()
        }

    def _minutes(self, comers: list[Comer]) -> int | None:
        """Cut what a person was there to the length of the meeting."""
        return min(minutes_of(comers), self.minutes) if self.has_minutes else None

    def changes(self, taken: Mapping[int, int]) -> dict[int, tuple[int | None, Match]]:
        """Return what is not known yet: a list takes nothing away from anybody."""
        return {
            user_id: (minutes, way)
            for user_id, (minutes, way) in self.present(taken).items()
            if _is_more(minutes, self.known.get(user_id))
        }


def upload_attendance(
    meeting: Meeting,
    *,
    content: bytes,
    name: str,
    author: User,
    form_key: str | None = None,
) -> AttendanceList:
    """Keep a list to be looked at; nothing that it says happens yet."""
    check_held(meeting)
    meeting_id, author_id = meeting.id, author.id
    db.session.rollback()  # hold no transaction while the file is read
    comers = read_comers(content)
    if known := added_before(AttendanceList, form_key):
        return known
    added = AttendanceList(
        meeting_id=meeting_id,
        author_id=author_id,
        name=name[-200:],
        people=[as_stored(comer) for comer in comers.people],
        has_minutes=comers.has_minutes,
        form_key=form_key,
    )
    db.session.add(added)
    db.session.commit()
    logger.info("attendance list %s: uploaded by user %s", added.id, author_id)
    return added


def plan_of(uploaded: AttendanceList) -> Plan:
    """Tell what a list would change if it were confirmed now."""
    meeting = uploaded.meeting
    teams = called_to(meeting, with_late=True)
    people = [guest.membership.user for team in teams for guest in team.guests]
    comers = [Comer(**stored) for stored in uploaded.people]
    findings = match_people(comers, people, meeting.cohort.tutors)
    known = rows_of(meeting, [person.id for person in people])
    return Plan(findings, known, meeting.minutes, uploaded.has_minutes)


def confirm_attendance(
    uploaded: AttendanceList,
    *,
    seen: str,
    taken: Mapping[int, int],
    everybody: bool,
    actor: User,
) -> tuple[int, int]:
    """Do what a list says and forget it; return how many changes, and how many guests.

    `taken` are the people who were chosen where a name was only like theirs, by the
    number on the list. Of those whom nobody knows only the number is kept.
    """
    meeting, name = uploaded.meeting, uploaded.name
    if not uploaded.has_minutes and not everybody:
        raise RuleError(NO_MINUTES)
    lock_meeting(meeting)
    check_held(meeting)
    plan = plan_of(uploaded)
    if plan.fingerprint != seen:
        db.session.rollback()
        raise RuleError(CHANGED)
    changes = plan.changes(taken)
    for user_id, (minutes, way) in sorted(changes.items()):
        _write(meeting, plan.known.get(user_id), user_id, minutes, way)
    guests = plan.guests(taken)
    if changes or guests != meeting.guests or meeting.attended_at is None:
        meeting.guests, meeting.attended_at = guests, utcnow()
        facts = {"файл": name, "отмечены": sorted(changes), "гостей": guests}
        record(actor.id, "принят список явки", meeting, after=facts)
    forget_list(uploaded)
    logger.info("meeting %s: attendance list by user %s", meeting.id, actor.id)
    return len(changes), guests


def forget_list(uploaded: AttendanceList) -> None:
    """Delete a list."""
    db.session.execute(
        sa.delete(AttendanceList).where(AttendanceList.id == uploaded.id)
    )
    db.session.commit()


def _is_more(minutes: int | None, known: Attendance | None) -> bool:
    if known is None or not known.is_present:
        return True
    return known.minutes is not None and (minutes or 0) > known.minutes


def _write(
    meeting: Meeting,
    known: Attendance | None,
    user_id: int,
    minutes: int | None,
    way: Match,
) -> None:
    row = known or Attendance(meeting_id=meeting.id, user_id=user_id)
    row.source, row.minutes, row.matched_by = Source.LIST, minutes, way
    row.marked_at = utcnow()
    db.session.add(row)
