"""The list of territories, one of them, and merging two."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.identity.accounts.permissions import ADMINS
from lms.schools.territories import services
from lms.schools.territories.forms import MergeForm, TerritoryForm
from lms.schools.territories.loading import get_territory
from lms.schools.territories.merging import merge_territory, plan_merger
from lms.schools.territories.tree import (
    coordinators_by_territory,
    count_schools,
    count_unplaced,
    read_tree,
    schools_in,
    unplaced_schools,
)
from lms.schools.territories.views.blueprint import bp

PAGE = 50


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """The territories on top, and how many schools are in none."""
    tree = read_tree()
    return render_template(
        "schools/territories/index.html",
        tree=tree,
        shown=tree.parts[None],
        counts=count_schools(tree),
        people=coordinators_by_territory(),
        unplaced=count_unplaced(),
    )


@bp.get("/<int:territory_id>/")
@allow(ADMINS)
def territory(territory_id: int) -> ResponseReturnValue:
    """One territory: who looks after it, its parts and its own schools."""
    tree = read_tree()
    territory = get_territory(territory_id, tree)
    return render_template(
        "schools/territories/territory.html",
        tree=tree,
        territory=territory,
        shown=tree.parts[territory.id],
        counts=count_schools(tree),
        people=coordinators_by_territory(),
        page=db.paginate(schools_in(territory), per_page=PAGE, error_out=False),
    )


@bp.get("/unplaced")
@allow(ADMINS)
def unplaced() -> ResponseReturnValue:
    """The schools that no coordinator sees, for they are in no territory."""
    page = db.paginate(unplaced_schools(), per_page=PAGE, error_out=False)
    return render_template("schools/territories/unplaced.html", page=page)


@bp.route("/new", methods=["GET", "POST"])
@allow(ADMINS)
def create() -> ResponseReturnValue:
    """Add a territory, within that which the address names."""
    tree = read_tree()
    within = request.args.get("within", type=int)
    form = TerritoryForm(tree.choices, data={"parent": within})
    if form.validate_on_submit():
        try:
            territory = services.add_territory(
                form.name.data,
                tree.by_id.get(form.parent.data),
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Территория «{territory.name}» добавлена.", "success")
            return redirect(url_for(".territory", territory_id=territory.id))
    return render_template("schools/territories/create.html", form=form)


@bp.route("/<int:territory_id>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(territory_id: int) -> ResponseReturnValue:
    """Call a territory otherwise, or put it within another."""
    tree = read_tree()
    territory = get_territory(territory_id, tree)
    inside = tree.within(territory)
    choices = [choice for choice in tree.choices if choice[0] not in inside]
    data = {"name": territory.name, "parent": territory.parent_id or 0}
    form = TerritoryForm(choices, data=data)
    if form.validate_on_submit():
        try:
            services.edit_territory(
                territory,
                name=form.name.data,
                parent=tree.by_id.get(form.parent.data),
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            return redirect(url_for(".territory", territory_id=territory_id))
    return render_template(
        "schools/territories/edit.html", form=form, territory=territory
    )


@bp.route("/<int:territory_id>/merge", methods=["GET", "POST"])
@allow(ADMINS)
def merge(territory_id: int) -> ResponseReturnValue:
    """Make two spellings one: first what would move, then the button."""
    tree = read_tree()
    territory = get_territory(territory_id, tree)
    choices = [choice for choice in tree.choices if choice[0] != territory_id]
    form = MergeForm(choices, formdata=request.values)
    kept = tree.by_id.get(form.into.data) if form.into.data in dict(choices) else None
    if kept and request.method == "POST":
        try:
            merge_territory(territory, kept, actor=current_user)
        except RuleError as error:
            flash(str(error), "error")
        else:
            flash(f"Теперь это одна территория: «{kept.name}».", "success")
            return redirect(url_for(".territory", territory_id=kept.id))
        return redirect(url_for(".merge", territory_id=territory_id, into=kept.id))
    return render_template(
        "schools/territories/merge.html",
        form=form,
        tree=tree,
        territory=territory,
        merger=plan_merger(territory, kept) if kept else None,
    )
