"""Saying something beside a tab of a project."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.identity.accounts.limits import additions_per_person
from lms.monitoring.projects.comments import comment as say
from lms.monitoring.projects.forms import CommentForm
from lms.monitoring.projects.models import Part
from lms.monitoring.projects.views.blueprint import bp
from lms.monitoring.projects.views.quarters import show_quarter
from lms.monitoring.projects.views.tabs import TABS, show_rows
from lms.schools.teams.loading import get_team


@bp.post("/<int:team_id>/comments/<any(RESULTS, EVENTS, RISKS, QUARTER):part>")
@allow(SIGNED_IN)
@additions_per_person
def comment(team_id: int, part: str) -> ResponseReturnValue:
    """Say something beside a tab; what is refused comes back there."""
    team, about, form = get_team(team_id), Part[part], CommentForm()
    if form.validate_on_submit():
        say(team, about, form.text.data, author=current_user, form_key=form.sent_key)
        return redirect(url_for(TABS[about], team_id=team.id, _anchor="comments"))
    if about is Part.QUARTER:
        return show_quarter(team, form)
    return show_rows(team, about, form)
