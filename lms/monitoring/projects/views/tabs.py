"""The tabs of a project, what is said beside them, and its tables on paper."""

from typing import Any

from flask import Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.downloads import send_made
from lms.core.language import full_day, today
from lms.core.workbooks import MEDIA_TYPE, workbook_of
from lms.monitoring.projects import comments, quarters, tables
from lms.monitoring.projects.forms import CommentForm
from lms.monitoring.projects.models import Event, Part, Project, ProjectTask, Risk
from lms.monitoring.projects.offers import offers_of
from lms.monitoring.projects.permissions import can_edit_project
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.rivals import with_rivals
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.views.blueprint import bp
from lms.schools.teams.loading import get_team, my_membership
from lms.schools.teams.models import Team

TITLE = "Проект школы"
TABS = {
    Part.RESULTS: "projects.results",
    Part.EVENTS: "projects.events",
    Part.RISKS: "projects.risks",
    Part.QUARTER: "projects.quarter",
}
PAGES = {
    Part.RESULTS: ("monitoring/projects/results.html", ProjectTask),
    Part.EVENTS: ("monitoring/projects/events.html", Event),
    Part.RISKS: ("monitoring/projects/risks.html", Risk),
}


def show_part(
    team: Team,
    project: Project | None,
    part: Part,
    template: str,
    *,
    form: CommentForm | None = None,
    **more: Any,
) -> str:
    """Show a tab with what was said beside it."""
    coming = quarters.quarter_to_close().following
    return render_template(
        template,
        team=team,
        part=part,
        tabs=TABS,
        tables=tables,
        edits=can_edit_project(current_user, team),
        comments=comments.comments_of(project, part),
        form=form or CommentForm(),
        today=today(),
        coming=coming,
        coming_on=quarters.opens_for_closing_on(coming),
        **more,
    )


def show_rows(team: Team, part: Part, form: CommentForm | None = None) -> str:
    """Show the table of a tab."""
    project = project_of(team)
    picture = picture_of(project)
    template, model = PAGES[part]
    offers = []
    if part is Part.EVENTS and can_edit_project(current_user, team):
        offers = offers_of(team, project)
    return show_part(
        team,
        project,
        part,
        template,
        form=form,
        picture=picture,
        rivals=with_rivals(project, model),
        offers=offers,
    )


@bp.get("/mine")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """Lead a member to the project of the team's school."""
    membership = my_membership() or abort(404)
    return redirect(url_for(".results", team_id=membership.team_id))


@bp.get("/<int:team_id>/")
@allow(SIGNED_IN)
def results(team_id: int) -> ResponseReturnValue:
    """Tasks, and what was achieved of them."""
    return show_rows(get_team(team_id), Part.RESULTS)


@bp.get("/<int:team_id>/events")
@allow(SIGNED_IN)
def events(team_id: int) -> ResponseReturnValue:
    """What was planned, what was held, and why not."""
    return show_rows(get_team(team_id), Part.EVENTS)


@bp.get("/<int:team_id>/schedule")
@allow(SIGNED_IN)
def schedule(team_id: int) -> ResponseReturnValue:
    """The events as a calendar plan, with a mark that nobody types."""
    team = get_team(team_id)
    project = project_of(team)
    template = "monitoring/projects/schedule.html"
    picture = picture_of(project)
    return show_part(team, project, Part.EVENTS, template, picture=picture)


@bp.get("/<int:team_id>/risks")
@allow(SIGNED_IN)
def risks(team_id: int) -> ResponseReturnValue:
    """What was foreseen, and what came."""
    return show_rows(get_team(team_id), Part.RISKS)


@bp.get("/<int:team_id>/project.docx")
@allow(SIGNED_IN)
def word(team_id: int) -> Response:
    """Download the three tables for Word."""
    from lms.core.documents import MEDIA_TYPE as WORD
    from lms.core.documents import word_tables

    team = get_team(team_id)
    about = [team.school.label, f"Составлено {full_day(today())}"]
    made = tables.tables_of(picture_of(project_of(team)))
    return _download(word_tables(TITLE, about, made), team, "docx", WORD)


@bp.get("/<int:team_id>/project.xlsx")
@allow(SIGNED_IN)
def workbook(team_id: int) -> Response:
    """Download the three tables as a workbook."""
    team = get_team(team_id)
    made = workbook_of(tables.tables_of(picture_of(project_of(team))))
    return _download(made, team, "xlsx", MEDIA_TYPE)


def _download(made: bytes, team: Team, ending: str, media_type: str) -> Response:
    return send_made(made, f"{TITLE}, {team.school.name}", ending, media_type)
