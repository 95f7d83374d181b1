"""The quarter: figures, closing, what has changed since, what was closed."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.language import today
from lms.monitoring.projects import quarters, tables
from lms.monitoring.projects.changes import changes_between, removals_of
from lms.monitoring.projects.figures import (
    chart_of_quarters,
    figures_of,
    quarters_of,
)
from lms.monitoring.projects.forms import CloseForm, CommentForm
from lms.monitoring.projects.loading import get_own_team, get_snapshot
from lms.monitoring.projects.models import Part
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.views.blueprint import bp
from lms.monitoring.projects.views.tabs import show_part
from lms.schools.teams.loading import get_team
from lms.schools.teams.models import Team


def show_quarter(team: Team, form: CommentForm | None = None) -> str:
    """Show the figures of today, and what is new since the last closed quarter."""
    project = project_of(team)
    picture, closed = picture_of(project), quarters.snapshots_of(project)
    rows = quarters_of(picture, [one.quarter for one in closed])
    to_close = quarters.oldest_open_quarter(project)
    last = closed[0] if closed else None
    changes = []
    if last:
        then = quarters.picture_in(last)
        changes = changes_between(then, picture, removals_of(project))
    return show_part(
        team,
        project,
        Part.QUARTER,
        "monitoring/projects/quarter.html",
        form=form,
        figures=figures_of(picture, today()),
        quarters=rows,
        chart=chart_of_quarters(rows) if rows else None,
        closed=closed,
        last=last,
        changes=changes,
        to_close=to_close,
        is_late=to_close is not None and quarters.is_closed_late(to_close, today()),
        close_form=CloseForm(starts_on=to_close.starts_on if to_close else None),
    )


@bp.get("/<int:team_id>/quarter")
@allow(SIGNED_IN)
def quarter(team_id: int) -> ResponseReturnValue:
    """Read how the project goes, and what has changed since the last quarter."""
    return show_quarter(get_team(team_id))


@bp.post("/<int:team_id>/quarter")
@allow(SIGNED_IN)
def close(team_id: int) -> ResponseReturnValue:
    """Close the quarter that the page named."""
    team, form = get_own_team(team_id), CloseForm()
    if form.validate_on_submit():
        try:
            closed = quarters.close_quarter(
                team, form.starts_on.data, author=current_user
            )
        except RuleError as error:
            flash(str(error), "error")
        else:
            flash(f"{closed.title} закрыт: его таблицы больше не изменятся.", "success")
    return redirect(url_for(".quarter", team_id=team_id))


@bp.get("/<int:team_id>/quarters/<int:snapshot_id>")
@allow(SIGNED_IN)
def snapshot(team_id: int, snapshot_id: int) -> ResponseReturnValue:
    """Read a closed quarter as it was."""
    team = get_team(team_id)
    closed = get_snapshot(team, snapshot_id)
    picture = quarters.picture_in(closed)
    return render_template(
        "monitoring/projects/snapshot.html",
        team=team,
        snapshot=closed,
        tables=tables.tables_of(picture),
        figures=figures_of(picture, closed.taken_on),
        is_late=quarters.is_closed_late(closed.quarter, closed.taken_on),
    )
