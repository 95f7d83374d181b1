"""The register of a school: on a page, for Word and for Excel."""

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.language import full_day, today
from lms.core.tables import Table
from lms.core.workbooks import MEDIA_TYPE, workbook_of
from lms.monitoring.projects.together import held_with_partners
from lms.network.councils.council import council_of, tables_of
from lms.network.exchange.asking import unanswered_at
from lms.network.partners import tables
from lms.network.partners.loading import get_school
from lms.network.partners.offers import offers_of
from lms.network.partners.permissions import can_edit_partners
from lms.network.partners.register import register_of
from lms.network.partners.views.blueprint import bp
from lms.network.ventures.services import done_together, ventures_of
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import School

TITLE = "Партнёры школы"


@bp.get("/")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Lead a member to the partners of the team's school."""
    membership = my_membership() or abort(404)
    return redirect(url_for(".register", school_id=membership.team.school_id))


@bp.get("/schools/<int:school_id>/")
@allow(SIGNED_IN)
def register(school_id: int) -> ResponseReturnValue:
    """Who is around the school, what each gives and needs, what binds them."""
    school = get_school(school_id)
    edits = can_edit_partners(current_user, school.id)
    return render_template(
        "network/partners/register.html",
        school=school,
        register=register_of(school.id),
        together=together_at(school),
        tables=tables,
        edits=edits,
        offers=offers_of(school, viewer=current_user) if edits else [],
        asked=unanswered_at(school.id) if edits else [],
    )


@bp.get("/schools/<int:school_id>/partners.docx")
@allow(SIGNED_IN)
def word(school_id: int) -> Response:
    """Download the register for Word."""
    from lms.core.documents import MEDIA_TYPE as WORD
    from lms.core.documents import word_tables

    school = get_school(school_id)
    about = [school.label, f"Составлено {full_day(today())}"]
    made = word_tables(TITLE, about, _tables_of(school))
    return _download(made, school, "docx", WORD)


@bp.get("/schools/<int:school_id>/partners.xlsx")
@allow(SIGNED_IN)
def workbook(school_id: int) -> Response:
    """Download the register as a workbook."""
    school = get_school(school_id)
    made = workbook_of(_tables_of(school))
    return _download(made, school, "xlsx", MEDIA_TYPE)


def together_at(school: School) -> tables.Together:
    """Return the joint projects of each partner, and then the events."""
    projects = done_together(ventures_of(school.id))
    events = held_with_partners(school.id)
    return {
        card_id: [*projects.get(card_id, ()), *events.get(card_id, ())]
        for card_id in {*projects, *events}
    }


def _tables_of(school: School) -> list[Table]:
    """Return the partners of now and of the past, and the coordinating council."""
    register, together = register_of(school.id), together_at(school)
    in_full = can_edit_partners(current_user, school.id)
    council = tables_of(council_of(school.id), in_full=in_full)
    past = [tables.table_of("Прежние партнёры", register.closed, together)]
    present = tables.table_of("Партнёры", register.present, together)
    return [present, *(past if register.closed else []), *council]


def _download(made: bytes, school: School, ending: str, media_type: str) -> Response:
    return send_made(made, f"{TITLE}, {school.name}", ending, media_type)
