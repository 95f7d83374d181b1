"""The one setting about the letter of the day that a captain makes for the team."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.overview.digest import team_letter
from lms.schools.teams.loading import get_team
from lms.schools.teams.permissions import is_captain

bp = Blueprint("digest", __name__, url_prefix="/digest")
bp.add_app_template_global(team_letter.letter_of, "letter_of_team")


@bp.post("/teams/<int:team_id>/letter")
@allow(SIGNED_IN)
def choose(team_id: int) -> ResponseReturnValue:
    """The captain chooses one letter for the team, or a letter for everybody."""
    team = get_team(team_id)
    require(is_captain(current_user, team))
    is_one = request.form.get("one") == "1"
    team_letter.choose_letter(team, captain=current_user, is_one=is_one)
    flash(
        "Теперь утреннее письмо о команде приходит вам."
        if is_one
        else "Теперь утренние письма приходят каждому.",
        "success",
    )
    return redirect(url_for("teams.team", team_id=team.id, _anchor="letter"))
