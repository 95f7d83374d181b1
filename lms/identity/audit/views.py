"""Addresses and pages of the journal."""

from collections.abc import Iterator, Sequence
from itertools import groupby, product
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.database import row_number
from lms.core.extensions import db
from lms.core.keyset import Listing
from lms.core.language import local_day
from lms.course.cohorts.models import Cohort
from lms.course.modules.services import current_course
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS
from lms.identity.audit import search
from lms.identity.audit.forms import JournalFilter
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.names import Names, names_of
from lms.identity.audit.permissions import visible_events
from lms.identity.audit.sentences import details_of, kind_of, sentence_of

bp = Blueprint("audit", __name__, url_prefix="/audit")

PAGE = 50
NOBODY = "По этим словам никого не нашлось. Проверьте имя или почту."
CROWD = f"Таких людей больше {search.MOST_PEOPLE}. Добавьте имя или впишите почту."
# Where a thing can be looked at, and what its address asks of the event.
PAGES = {
    "User": ("people.person", "user_id", "object_id"),
    "Cohort": ("cohorts.cohort", "cohort_id", "object_id"),
    "Team": ("teams.team", "team_id", "object_id"),
    "Submission": ("submissions.work", "submission_id", "object_id"),
    "Module": ("revisions.index", "slug", "object_title"),
    "SettingsRevision": ("settings.revision", "number", "object_title"),
}


@bp.get("/")
@allow(ADMINS)
def journal() -> ResponseReturnValue:
    """Read who did what, the latest first."""
    wanted = JournalFilter(request.args)
    cohorts = sa.select(Cohort.id, Cohort.name).order_by(Cohort.id.desc())
    wanted.offer_cohorts(db.session.execute(cohorts))
    part = narrowed(visible_events(current_user), wanted).part()
    show_name(wanted)
    return render_template(
        "identity/audit/journal.html",
        wanted=wanted,
        days=groupby(rows_of(part.items), lambda row: local_day(row["event"].at)),
        part=part,
        asked={name: value for name, value in request.args.items() if name in wanted},
    )


def narrowed(
    events: sa.Select[AuditEvent], wanted: JournalFilter
) -> Listing[AuditEvent]:
    """Leave what the filter asks for; nothing if it cannot be understood."""
    ways = []
    if not wanted.validate():
        events = events.where(sa.false())
    else:
        ways = list(ways_to_events(wanted))
        if wanted.cohort.data:
            events = events.where(search.about_cohort(int(wanted.cohort.data)))
        events = events.where(search.within(wanted.since.data, wanted.until.data))
    return Listing(events, [AuditEvent.id], PAGE, descending=True, ways=ways)


def ways_to_events(wanted: JournalFilter) -> Iterator[sa.ColumnElement[bool]]:
    """Return each way in which an event may be about the people and the words."""
    everything: list[sa.ColumnElement[bool]] = [sa.true()]
    about = said = everything
    if name := (wanted.person.data or "").strip():
        about = search.about_people(people_called(name, wanted))
    if wanted.q.data:
        said = search.with_words(wanted.q.data)
    for one, other in product(about, said):
        yield sa.and_(one, other)


def people_called(name: str, wanted: JournalFilter) -> Sequence[int]:
    """Return whom a name means; nobody, said at the field, if that is not clear."""
    people = search.find_people(name)
    if people and len(people) <= search.MOST_PEOPLE:
        return people
    wanted.person.errors = [CROWD if people else NOBODY]
    return []


def show_name(wanted: JournalFilter) -> None:
    """Put the name into the field where a link brought a person's number."""
    number = row_number(wanted.person.data or "")
    if number is not None and not wanted.person.errors:
        person = db.session.get(User, number)
        wanted.person.data = person.full_name if person else str(number)


def rows_of(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Word the events of a page."""
    names = names_of(events)
    course = current_course()
    calendars = course.calendars if course else {}
    words = {key: calendar.title for key, calendar in calendars.items()}
    words |= names.modules
    return [
        {
            "event": event,
            "kind": kind_of(event),
            "sentence": sentence_of(event, names.of(event)),
            "details": details_of(event, words),
            "link": link_to(event, names),
        }
        for event in events
    ]


def link_to(event: AuditEvent, names: Names) -> str:
    """Return the address of what was changed, if it has a page."""
    if event.object_type == "Membership" and event.object_id in names.holders:
        return url_for("people.person", user_id=names.holders[event.object_id])
    endpoint, name, fact = PAGES.get(event.object_type, ("", "", ""))
    return url_for(endpoint, **{name: getattr(event, fact)}) if endpoint else ""
