"""Which territory a school is in, and which ones a coordinator looks after."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.language import today
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import ADMINS
from lms.schools.teams.models import School
from lms.schools.territories import coordination, services
from lms.schools.territories.forms import ON_TOP, GiveForm, MoveForm
from lms.schools.territories.loading import get_territory
from lms.schools.territories.models import Territory
from lms.schools.territories.tree import read_tree, stays_of
from lms.schools.territories.views.blueprint import bp


@bp.route("/schools/<int:school_id>", methods=["GET", "POST"])
@allow(ADMINS)
def move(school_id: int) -> ResponseReturnValue:
    """Move a school to another territory, or correct where it is."""
    school, tree = db.get_or_404(School, school_id), read_tree()
    stays = stays_of(school)
    now = next((one.territory_id for one in stays if one.until is None), ON_TOP)
    form = MoveForm(tree.choices, data={"territory": now, "since": today()})
    if form.validate_on_submit():
        try:
            _move(school, tree.by_id.get(form.territory.data), form.since.data)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Сохранено: {school.label}.", "success")
            return redirect(url_for("teams.school", school_id=school_id))
    return render_template(
        "schools/territories/move.html", form=form, school=school, stays=stays
    )


def _move(school: School, where: Territory | None, since: date | None) -> None:
    if where is None:
        services.take_out(school, since=since, actor=current_user)
    else:
        services.move_school(school, where, since=since, actor=current_user)


@bp.post("/people/<int:user_id>")
@allow(ADMINS)
def give(user_id: int) -> ResponseReturnValue:
    """Let a coordinator look after a territory."""
    person, tree = db.get_or_404(User, user_id), read_tree()
    form = GiveForm(tree.choices)
    if form.validate_on_submit():
        territory = tree.by_id[form.territory.data]
        try:
            coordination.give_territory(person, territory, actor=current_user)
        except RuleError as error:
            flash(str(error), "error")
        else:
            flash(f"Территория «{territory.name}» дана.", "success")
    return redirect(url_for("people.person", user_id=user_id, _anchor="territories"))


@bp.post("/people/<int:user_id>/<int:territory_id>/take")
@allow(ADMINS)
def take(user_id: int, territory_id: int) -> ResponseReturnValue:
    """Take a territory back from a coordinator."""
    person = db.get_or_404(User, user_id)
    territory = get_territory(territory_id, read_tree())
    coordination.take_territory(person, territory, actor=current_user)
    flash(f"Территория «{territory.name}» снята.", "success")
    return redirect(url_for("people.person", user_id=user_id, _anchor="territories"))
