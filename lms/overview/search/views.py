"""The one field of the header, and what it finds."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.identity.accounts.permissions import can_administer
from lms.network.library.shelves import count_documents
from lms.network.practices.bank import count_practices
from lms.overview.search.commands import rebuild
from lms.overview.search.models import Kind
from lms.overview.search.results import Result, Results, find
from lms.overview.search.words import read_wanted

bp = Blueprint("search", __name__, url_prefix="/search")
bp.cli.add_command(rebuild)


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """Search everything that the person may see."""
    typed = request.args.get("q", "").strip()
    kind = request.args.get("kind", "").upper()
    only = Kind[kind] if kind in Kind.__members__ else None
    found, refusal = Results(), ""
    try:
        found = find(current_user, read_wanted(typed), only) if typed else found
    except RuleError as error:
        refusal = str(error)
    nothing = refusal or only or not typed
    return render_template(
        "overview/search/index.html",
        typed=typed,
        found=found,
        only=only,
        refusal=refusal,
        practices=0 if nothing else count_practices(typed, current_user),
        documents=0 if nothing else count_documents(typed),
        place_of=place_of,
        person_url=person_url,
    )


def place_of(result: Result) -> str:
    """Return the address of the page on which a text stands."""
    passage = result.passage
    if passage.kind in {Kind.LESSON, Kind.SHARED} and result.module:
        part = None if passage.kind is Kind.LESSON else "asked-before"
        return url_for("modules.read", slug=result.module.slug, _anchor=part)
    if passage.kind is Kind.QUESTION:
        return url_for("questions.question", question_id=passage.source_id)
    if passage.kind is Kind.ANNOUNCEMENT:
        number = passage.source_id
        return url_for("announcements.announcement", announcement_id=number)
    if passage.kind is Kind.MESSAGE:
        return url_for("threads.thread", submission_id=passage.submission_id)
    if passage.kind in {Kind.EDIT, Kind.ACTION}:
        return url_for("plans.plan", team_id=passage.team_id)
    return url_for("submissions.work", submission_id=passage.submission_id)


def person_url(user_id: int, team_id: int | None) -> str:
    """Return where a person is met: an admin has a page of each, others the team."""
    if can_administer(current_user):
        return url_for("people.person", user_id=user_id)
    return url_for("teams.team", team_id=team_id)
