"""A card as its captain writes it: begun from a work, shortened, shown to authors."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, require
from lms.core.errors import RuleError
from lms.network.practices import writing
from lms.network.practices.forms import CardForm, WordsForm
from lms.network.practices.loading import get_own_practice
from lms.network.practices.models import PracticeState
from lms.network.practices.views.blueprint import bp
from lms.schools.teams.permissions import is_captain
from lms.work.submissions.loading import get_submission

ASKED = {
    PracticeState.CONSENT: "Авторы получили письма. Две недели ждём их ответа.",
    PracticeState.EDITOR: "Спрашивать некого: слова ваши. Карточка у редактора.",
}


@bp.post("/offer/<int:submission_id>")
@allow(SIGNED_IN)
def offer(submission_id: int) -> ResponseReturnValue:
    """Make a card of an accepted work, or lead to the one that there is."""
    submission = get_submission(submission_id)
    team = submission.team
    require(team is not None and is_captain(current_user, team))
    practice = writing.begin_card(submission, captain=current_user)
    page = ".edit" if practice.state is PracticeState.DRAFT else ".practice"
    return redirect(url_for(page, practice_id=practice.id))


@bp.route("/<int:practice_id>/edit", methods=["GET", "POST"])
@allow(SIGNED_IN)
def edit(practice_id: int) -> ResponseReturnValue:
    """Shorten what came from the work, and say what did not work."""
    practice, form = get_own_practice(practice_id), CardForm()
    if request.method == "GET":
        form.show(practice)
    elif form.validate():
        try:
            writing.change_card(practice, form.values, captain=current_user)
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash("Сохранено. Так карточку увидят другие школы.", "success")
            return redirect(url_for(".practice", practice_id=practice.id))
    return render_template("network/practices/edit.html", practice=practice, form=form)


@bp.post("/<int:practice_id>/words")
@allow(SIGNED_IN)
def words(practice_id: int) -> ResponseReturnValue:
    """Say of words that look like names that they may stand."""
    practice, form = get_own_practice(practice_id), WordsForm()
    ticked = set(form.words.data or []) if form.validate_on_submit() else set()
    writing.confirm_words(practice, ticked, captain=current_user)
    return redirect(url_for(".practice", practice_id=practice.id, _anchor="next"))


@bp.post("/<int:practice_id>/ask")
@allow(SIGNED_IN)
def ask(practice_id: int) -> ResponseReturnValue:
    """Ask the authors whose words stand on the card."""
    practice = get_own_practice(practice_id)
    try:
        writing.ask_team(practice, captain=current_user)
    except RuleError as error:
        flash(str(error), "error")
    else:
        flash(ASKED.get(practice.state, practice.note), "success")
    return redirect(url_for(".practice", practice_id=practice.id))
