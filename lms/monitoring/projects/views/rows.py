"""Adding, editing and removing rows of a project, and choosing between two texts."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.identity.accounts.limits import additions_per_person
from lms.monitoring.projects import services, words
from lms.monitoring.projects.forms import EventForm, RowForm
from lms.monitoring.projects.kinds import KINDS
from lms.monitoring.projects.loading import get_own_team, get_row
from lms.monitoring.projects.models import ProjectRow
from lms.monitoring.projects.picture import picture_of
from lms.monitoring.projects.rivals import rivals_of
from lms.monitoring.projects.services import project_of
from lms.monitoring.projects.views.blueprint import bp
from lms.monitoring.projects.views.tabs import TABS
from lms.network.partners.register import cards_of
from lms.schools.teams.models import Team

KIND = "<any(tasks, events, risks):kind>"
BESIDE = (
    "Пока вы писали, эту строку изменил коллега. Оба текста сохранены, выберите, какой"
    " останется."
)


def make_form(team: Team, kind: str, row: ProjectRow | None = None) -> RowForm:
    """Return the form of a new row, or of one that is there."""
    form = KINDS[kind].form
    if form is not EventForm:
        return form(obj=row)
    cards = cards_of(team.school_id)
    return EventForm(picture_of(project_of(team)), cards, obj=row)


def to_table(team: Team, kind: str, anchor: str = "table") -> ResponseReturnValue:
    """Lead to the tab on which rows of a kind stand."""
    tab = TABS[KINDS[kind].part]
    return redirect(url_for(tab, team_id=team.id, _anchor=anchor))


@bp.route(f"/<int:team_id>/{KIND}/new", methods=["GET", "POST"])
@allow(SIGNED_IN)
@additions_per_person
def add(team_id: int, kind: str) -> ResponseReturnValue:
    """Add a task, an event or a risk."""
    team = get_own_team(team_id)
    form = make_form(team, kind)
    if form.validate_on_submit():
        model = KINDS[kind].model
        services.add_row(
            team, model, form.values, author=current_user, form_key=form.sent_key
        )
        flash(KINDS[kind].added, "success")
        return to_table(team, kind)
    return _show(team, kind, form)


@bp.route(f"/<int:team_id>/{KIND}/<int:row_id>", methods=["GET", "POST"])
@allow(SIGNED_IN)
def change(team_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Correct a row, say what became of it, or choose between two texts."""
    team = get_own_team(team_id)
    row = get_row(team, kind, row_id, removed_too=request.method == "POST")
    form = make_form(team, kind, row)
    if request.method == "GET":
        form.show(row)
    elif form.validate_on_submit():
        try:
            beside = services.change_row(
                row,
                form.values,
                seen=form.seen.shown(),
                base_version=form.version.data,
                author=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            if beside:
                flash(BESIDE, "warning")
                return redirect(request.url)
            flash("Сохранено.", "success")
            return to_table(team, kind, f"row-{row.id}")
    return _show(team, kind, form, None if row.removed_at else row)


@bp.post(f"/<int:team_id>/{KIND}/<int:row_id>/remove")
@allow(SIGNED_IN)
def remove(team_id: int, kind: str, row_id: int) -> ResponseReturnValue:
    """Take a row out of the table."""
    team = get_own_team(team_id)
    services.remove_row(get_row(team, kind, row_id), author=current_user)
    flash("Убрано. В закрытых кварталах строка осталась.", "success")
    return to_table(team, kind)


@bp.post(f"/<int:team_id>/{KIND}/<int:row_id>/rivals/<int:rival_id>")
@allow(SIGNED_IN)
def settle(team_id: int, kind: str, row_id: int, rival_id: int) -> ResponseReturnValue:
    """Choose between two texts of one field."""
    team = get_own_team(team_id)
    row = get_row(team, kind, row_id)
    keep = request.form.get("keep", "")
    if keep not in {"row", "rival", "both"}:
        abort(400)
    services.settle(
        row,
        rival_id,
        keep=keep,
        seen=request.form.get("seen", ""),
        base_version=request.form.get("version", 0, type=int),
        author=current_user,
    )
    flash("Выбор сохранён.", "success")
    return redirect(url_for(".change", team_id=team_id, kind=kind, row_id=row_id))


def _show(
    team: Team, kind: str, form: RowForm, row: ProjectRow | None = None
) -> ResponseReturnValue:
    return render_template(
        "monitoring/projects/row.html",
        team=team,
        kind=kind,
        about=KINDS[kind],
        tab=TABS[KINDS[kind].part],
        form=form,
        row=row,
        rivals=rivals_of(row) if row else [],
        words=words,
    )
