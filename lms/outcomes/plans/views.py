"""Addresses and pages of plans: reading, wording, downloads."""

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import SIGNED_IN, allow, require
from lms.core.downloads import send_made
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.limits import renders_per_person
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.tables import plan_and_fact
from lms.outcomes.plans import services
from lms.outcomes.plans.forms import ParagraphForm
from lms.outcomes.plans.making import document_of
from lms.outcomes.plans.paper import paper_of
from lms.outcomes.plans.permissions import can_edit_plan
from lms.outcomes.plans.plan import Paragraph, Section, plan_of
from lms.schools.teams.loading import my_membership
from lms.schools.teams.models import Team
from lms.schools.teams.permissions import visible_teams
from lms.text.difference import compare
from lms.work.submissions.models import Attempt
from lms.work.submissions.permissions import visible_attempts

bp = Blueprint("plans", __name__, url_prefix="/plans")


def get_team(team_id: int) -> Team:
    """Load the team whose plan the current user may read, or answer 404."""
    query = visible_teams(current_user).where(Team.id == team_id)
    return db.first_or_404(query.options(joinedload(Team.school)))


def get_own_team(team_id: int) -> Team:
    """Load the team whose plan the current user may edit."""
    team = get_team(team_id)
    require(can_edit_plan(current_user, team))
    return team


def get_paragraph(team: Team, slug: str, key: str) -> tuple[Section, Paragraph]:
    """Find a paragraph of the plan, or answer 404."""
    for section in plan_of(team, viewer=current_user):
        for paragraph in section.paragraphs:
            if (section.slug, paragraph.key) == (slug, key):
                return section, paragraph
    abort(404)


@bp.get("/mine")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Lead a member to the plan of the team."""
    membership = my_membership() or abort(404)
    return redirect(url_for(".plan", team_id=membership.team_id))


@bp.get("/<int:team_id>/")
@allow(SIGNED_IN)
def plan(team_id: int) -> ResponseReturnValue:
    """Read the plan as one document."""
    team = get_team(team_id)
    sections = plan_of(team, viewer=current_user)
    shown = visible_attempts(current_user).with_only_columns(Attempt.id)
    sources = shown.where(Attempt.id.in_([one.attempt.id for one in sections]))
    return render_template(
        "outcomes/plans/plan.html",
        team=team,
        sections=sections,
        readable=set(db.session.scalars(sources)),
        picture=picture_of(project_of(team)),
        today=today(),
        edits=can_edit_plan(current_user, team),
    )


@bp.route("/<int:team_id>/<slug>/<key>", methods=["GET", "POST"])
@allow(SIGNED_IN)
@renders_per_person
def paragraph(team_id: int, slug: str, key: str) -> ResponseReturnValue:
    """Give a paragraph the team's own wording."""
    team = get_own_team(team_id)
    section, paragraph = get_paragraph(team, slug, key)
    edit = paragraph.edit
    form = ParagraphForm(text=paragraph.text, version=edit.version if edit else 0)
    if form.validate_on_submit():
        try:
            services.edit_paragraph(
                team,
                section,
                paragraph,
                text=form.text.data.replace("\r\n", "\n"),
                base_version=form.version.data,
                author=current_user,
            )
        except RuleError as error:
            section, paragraph = get_paragraph(get_own_team(team_id), slug, key)
            form.form_errors.append(str(error))
        else:
            flash("Абзац плана сохранён. Принятая работа не изменилась.", "success")
            return redirect(url_for(".plan", team_id=team_id, _anchor=f"{slug}-{key}"))
    return render_template(
        "outcomes/plans/paragraph.html",
        team=team,
        section=section,
        paragraph=paragraph,
        difference=compare(paragraph.accepted_text, paragraph.text),
        form=form,
    )


@bp.post("/<int:team_id>/<slug>/<key>/restore")
@allow(SIGNED_IN)
def restore(team_id: int, slug: str, key: str) -> ResponseReturnValue:
    """Go back to the words of the accepted work."""
    team = get_own_team(team_id)
    _, paragraph = get_paragraph(team, slug, key)
    if paragraph.edit:
        services.restore_accepted(paragraph.edit)
    flash("В плане снова слова принятой работы.", "success")
    return redirect(url_for(".plan", team_id=team.id, _anchor=f"{slug}-{key}"))


# The lines of «План и факт» are typed in the school's project. Their old addresses go
# there with what was sent: pages that were open during an upgrade lose nothing.
@bp.route("/<int:team_id>/actions/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
def add_action(team_id: int) -> ResponseReturnValue:
    """Lead to the form that adds an event to the project."""
    return _to_project(team_id, "projects.add")


@bp.route("/<int:team_id>/actions/<int:action_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change_action(team_id: int, action_id: int) -> ResponseReturnValue:
    """Lead to the form of an event."""
    return _to_project(team_id, "projects.change", row_id=action_id)


@bp.post("/<int:team_id>/actions/<int:action_id>/remove")
@allow(SIGNED_IN)
def remove_action(team_id: int, action_id: int) -> ResponseReturnValue:
    """Lead to where an event is removed."""
    return _to_project(team_id, "projects.remove", row_id=action_id)


def _to_project(
    team_id: int, endpoint: str, row_id: int | None = None
) -> ResponseReturnValue:
    get_own_team(team_id)
    address = url_for(endpoint, team_id=team_id, kind="events", row_id=row_id)
    return redirect(address, code=307)


@bp.get("/<int:team_id>/plan.docx")
@allow(SIGNED_IN)
def word(team_id: int) -> ResponseReturnValue:
    """Download the plan for Word."""
    from lms.core.documents import MEDIA_TYPE

    return _download(get_team(team_id), "docx", MEDIA_TYPE)


@bp.get("/<int:team_id>/plan.pdf")
@allow(SIGNED_IN)
def pdf(team_id: int) -> ResponseReturnValue:
    """Download the plan for printing."""
    return _download(get_team(team_id), "pdf", "application/pdf")


def _download(team: Team, kind: str, media_type: str) -> Response:
    plan = plan_of(team, viewer=current_user)
    picture = picture_of(project_of(team))
    paper = paper_of(team, plan, plan_and_fact(picture, today()))
    about = f"План развития, {team.school.name}"
    db.session.rollback()  # no transaction waits for a long document
    return send_made(document_of(paper, kind), about, kind, media_type)
