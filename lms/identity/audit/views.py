"""Addresses and pages of the journal."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.extensions import db
from lms.identity.accounts.permissions import ADMINS
from lms.identity.audit.forms import JournalFilter
from lms.identity.audit.models import AuditEvent
from lms.identity.audit.permissions import people_in_journal, visible_events

bp = Blueprint("audit", __name__, url_prefix="/audit")

PAGE = 50
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
    wanted.offer_people(people_in_journal())
    events = visible_events(current_user)
    if wanted.person.data and wanted.person.validate(wanted):
        events = events.where(AuditEvent.actor_id == int(wanted.person.data))
    if wanted.kind.data and wanted.kind.validate(wanted):
        events = events.where(AuditEvent.object_type == wanted.kind.data)
    return render_template(
        "identity/audit/journal.html",
        wanted=wanted,
        events=db.paginate(events, per_page=PAGE),
        link_to=link_to,
    )


def link_to(event: AuditEvent) -> str:
    """Return the address of what was changed, if it has a page."""
    endpoint, name, fact = PAGES.get(event.object_type, ("", "", ""))
    return url_for(endpoint, **{name: getattr(event, fact)}) if endpoint else ""
