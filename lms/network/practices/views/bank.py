"""The bank: searching it, and what waits in it for the person who looks."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import SelectChoice

from lms.core.access import PUBLIC, SIGNED_IN, allow, require
from lms.core.extensions import db
from lms.course.modules.loading import titles
from lms.network.practices import bank as shelves
from lms.network.practices.forms import NO_TOKEN, BankForm, KindForm
from lms.network.practices.loading import my_school
from lms.network.practices.models import Practice, PracticeState, PracticeUse
from lms.network.practices.taking import NOBODY, takers_of
from lms.network.practices.views.blueprint import bp
from lms.network.practices.writing import say_kind

PER_PAGE = 20
# What a card asks of the person who sees it in the list above the bank.
ERRANDS = {
    PracticeState.DRAFT: "черновик: сократите и спросите авторов",
    PracticeState.CONSENT: "ждёт согласия авторов",
    PracticeState.EDITOR: "у редактора",
    PracticeState.RETURNED: "вернулась: посмотрите, что исправить",
    PracticeState.WITHDRAWN: "отозвана, её видит только команда",
}


@bp.get("/")
@allow(PUBLIC)
def index() -> ResponseReturnValue:
    """Find what other schools did."""
    form = BankForm(request.args, meta=NO_TOKEN)
    lessons = [SelectChoice(str(one.position), one.short_title) for one in titles()]
    form.module.choices = [SelectChoice("", "любое"), *lessons]
    found = shelves.find_practices(form.filters(), current_user)
    page = db.paginate(found, per_page=PER_PAGE, error_out=False)
    school = my_school()
    return render_template(
        "network/practices/index.html",
        form=form,
        page=page,
        takers=takers_of(PracticeUse, "practice_id", page.items),
        nobody=NOBODY,
        school=school,
        kind=shelves.kind_of(school),
        kind_form=KindForm(),
        waiting=_waiting(),
        errands=ERRANDS,
    )


@bp.post("/school")
@allow(SIGNED_IN)
def school() -> ResponseReturnValue:
    """Say what kind of school mine is, to find schools like it."""
    mine, form = my_school(), KindForm()
    require(mine is not None)
    kind = form.kind if form.validate_on_submit() else None
    if mine is None or kind is None:
        flash("Выберите и место, и число учеников.", "error")
        return redirect(url_for(".index"))
    place, size = kind
    say_kind(mine, place, size)
    return redirect(url_for(".index", place=place.name, size=size.name))


def _waiting() -> Sequence[Practice]:
    return shelves.waiting_for(current_user) if current_user.is_authenticated else []
