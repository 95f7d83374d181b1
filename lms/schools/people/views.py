"""Addresses and pages of the register of people."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.database import row_number
from lms.core.errors import RuleError
from lms.core.extensions import db
from lms.core.mail import fate
from lms.identity.accounts.consents import last_consent
from lms.identity.accounts.models import User
from lms.identity.accounts.permissions import (
    ADMINS,
    can_administer,
    can_coordinate,
)
from lms.identity.factors import services as factors
from lms.schools.newcomers.progress import awaited, is_anybody_awaited, rows_of
from lms.schools.people import links, search, services
from lms.schools.people.forms import (
    NewPersonForm,
    PeopleFilter,
    PersonForm,
    RolesForm,
    WayBackForm,
)
from lms.schools.people.permissions import visible_people
from lms.schools.territories.forms import GiveForm
from lms.schools.territories.loading import coordinations_of
from lms.schools.territories.tree import read_tree

bp = Blueprint("people", __name__, url_prefix="/people")


def get_person(user_id: int) -> User:
    """Load a person whom the current user may see, or answer 404."""
    query = visible_people(current_user).where(User.id == user_id)
    person: User = db.first_or_404(query)
    return person


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """Find people by name, address and role."""
    wanted = PeopleFilter(request.args)
    words, kind = wanted.q.data or "", wanted.kind.data or ""
    if kind == "invited":
        return show_invited(wanted)
    found = search.find_people(visible_people(current_user), words=words, kind=kind)
    people = found.part()
    return render_template(
        "schools/people/index.html",
        wanted=wanted,
        people=people,
        memberships=search.active_memberships(people.items),
        has_invited=not kind and is_anybody_awaited(words),
    )


def show_invited(wanted: PeopleFilter) -> str:
    """Show those who were invited by name and have not come."""
    part = awaited(wanted.q.data or "").part()
    return render_template(
        "schools/people/invited.html",
        wanted=wanted,
        part=part,
        rows=rows_of(part.items),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(ADMINS)
def create() -> ResponseReturnValue:
    """Invite a tutor or another admin; participants come by their team's link.

    An address with `cohort` leads back to the choice of that cohort's tutors.
    """
    cohort_id = row_number(request.args.get("cohort", ""))
    form = NewPersonForm(as_tutor=cohort_id is not None)
    if form.validate_on_submit():
        try:
            person = services.invite_person(
                form.full_name.data,
                form.email.data,
                roles=form.chosen(),
                actor=current_user,
                form_key=form.sent_key,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(fate(f"письмо со ссылкой для входа на {person.email}"), "success")
            if cohort_id:
                return redirect(url_for("cohorts.tutors", cohort_id=cohort_id))
            return redirect(url_for(".person", user_id=person.id))
    return render_template("schools/people/create.html", form=form)


@bp.route("/<int:user_id>/", methods=["GET", "POST"])
@allow(ADMINS)
def person(user_id: int) -> ResponseReturnValue:
    """Look at one person and change the roles."""
    person = get_person(user_id)
    form = RolesForm(roles=[role.name for role in person.roles])
    if form.validate_on_submit():
        try:
            services.set_roles(person, form.chosen(), actor=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Роли сохранены.", "success")
            # Who gave up the role sees the register no more.
            stays = can_administer(current_user)
            here = url_for(".person", user_id=user_id)
            return redirect(here if stays else url_for("home.start"))
    return render_template(
        "schools/people/person.html",
        person=person,
        form=form,
        memberships=search.memberships_of(person),
        consent=last_consent(person),
        factor=factors.factor_of(person) if person.roles else None,
        **_coordination(person),
    )


def _coordination(person: User) -> dict[str, Any]:
    """Return the territories of a coordinator, and which may be given."""
    if not can_coordinate(person):
        return {}
    return {
        "coordinations": coordinations_of(person.id),
        "territory_form": GiveForm(read_tree().choices, formdata=None),
    }


@bp.route("/<int:user_id>/edit", methods=["GET", "POST"])
@allow(ADMINS)
def edit(user_id: int) -> ResponseReturnValue:
    """Mend a name or an address."""
    person = get_person(user_id)
    form = PersonForm(obj=person)
    if form.validate_on_submit():
        try:
            services.correct_person(
                person,
                full_name=form.full_name.data,
                email=form.email.data,
                actor=current_user,
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено.", "success")
            return redirect(url_for(".person", user_id=user_id))
    return render_template("schools/people/edit.html", form=form, person=person)


@bp.post("/<int:user_id>/close")
@allow(ADMINS)
def close(user_id: int) -> ResponseReturnValue:
    """Let a person in no more."""
    services.close_account(get_person(user_id), actor=current_user)
    flash("Доступ закрыт. Всё, что человек сделал, остаётся на месте.", "success")
    return redirect(url_for(".person", user_id=user_id))


@bp.post("/<int:user_id>/reopen")
@allow(ADMINS)
def reopen(user_id: int) -> ResponseReturnValue:
    """Let a person in again."""
    services.reopen_account(get_person(user_id), actor=current_user)
    flash("Доступ снова открыт, пароль прежний.", "success")
    return redirect(url_for(".person", user_id=user_id))


@bp.post("/<int:user_id>/reset-factor")
@allow(ADMINS)
def reset_factor(user_id: int) -> ResponseReturnValue:
    """Take the second factor of somebody who has lost it."""
    factors.reset_factor(get_person(user_id), actor_id=current_user.id)
    flash("Вход с кодом отключён: человек войдёт с паролем и заведёт новый.", "success")
    return redirect(url_for(".person", user_id=user_id))


@bp.post("/<int:user_id>/password-link")
@allow(ADMINS)
def send_password_link(user_id: int) -> ResponseReturnValue:
    """Send a person the letter by which a password is set."""
    person = get_person(user_id)
    links.send_password_link(person, actor=current_user)
    flash(fate(f"письмо со ссылкой на {person.email}"), "success")
    return redirect(url_for(".person", user_id=user_id))


@bp.route("/<int:user_id>/way-back", methods=["GET", "POST"])
@allow(ADMINS)
def way_back(user_id: int) -> ResponseReturnValue:
    """Make a link for somebody whose mail is gone, after a check; it is shown once."""
    person = get_person(user_id)
    form = WayBackForm()
    link = ""
    if form.validate_on_submit():
        try:
            link = links.make_way_back(
                person, reason=form.reason.data, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
    return render_template(
        "schools/people/way_back.html", person=person, form=form, link=link
    )
