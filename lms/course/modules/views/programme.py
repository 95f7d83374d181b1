"""The list of modules: the programme, and for admins what may be done with each."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.course.modules.permissions import can_guide
from lms.course.modules.studio import studio_rows
from lms.course.modules.views.blueprint import bp
from lms.identity.accounts.permissions import can_administer, can_observe
from lms.schools.teams.loading import my_membership
from lms.work.credits.loading import my_path
from lms.work.credits.path import Step, path_of_staff


def my_steps() -> list[Step]:
    """Return the modules as the current user meets them."""
    steps = my_path()
    if my_membership() is None and can_observe(current_user):
        return path_of_staff(current_user)
    return steps


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The programme; for an admin, every module and what may be done with it."""
    if can_administer(current_user):
        return render_template("course/modules/studio.html", rows=studio_rows())
    return render_template(
        "course/modules/index.html",
        steps=my_steps(),
        is_member=my_membership() is not None,
        is_guide=can_guide(current_user),
    )
