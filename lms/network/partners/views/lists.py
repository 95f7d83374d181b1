"""A list of partners: uploaded, looked at line by line, added."""

from collections.abc import Mapping, Sequence

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.file_fields import PaperForm
from lms.core.language import plural
from lms.identity.accounts.limits import additions_per_person
from lms.network.partners.forms import ListedForm
from lms.network.partners.lists import MOST, Listed, read_partners
from lms.network.partners.loading import get_own_school
from lms.network.partners.models import Partner
from lms.network.partners.services import add_listed, partners_by_name
from lms.network.partners.views.blueprint import bp
from lms.schools.enrolments.spellings import key_of
from lms.schools.enrolments.tables import LARGEST
from lms.schools.teams.models import School


@bp.route("/schools/<int:school_id>/list", methods=["GET", "POST"])
@allow(SIGNED_IN)
def upload(school_id: int) -> ResponseReturnValue:
    """Give a file with partners, and see what it would add; nothing is added yet."""
    school, form = get_own_school(school_id), PaperForm()
    if form.validate_on_submit():
        try:
            lines = read_partners(form.file.data.read(LARGEST + 1))
        except RuleError as error:
            form.file.errors = [str(error)]
        else:
            known = partners_by_name(school.id)
            return _check(school, [_form_of(line, known) for line in lines])
    template = "network/partners/upload.html"
    return render_template(template, school=school, form=form, most=MOST)


@bp.post("/schools/<int:school_id>/listed")
@allow(SIGNED_IN)
@additions_per_person
def add_list(school_id: int) -> ResponseReturnValue:
    """Add the ticked lines of a list that was looked at."""
    school = get_own_school(school_id)
    numbers = request.form.getlist("line", type=int)[:MOST] or abort(400)
    known = partners_by_name(school_id)
    forms = [
        ListedForm(known, request.form, prefix=f"{number}-", number=number)
        for number in numbers
    ]
    ticked = [form for form in forms if form.take.data]
    right = [form.validate() for form in ticked]
    if not ticked or not all(right):
        return _check(school, forms, is_refused=True)
    values = [form.values for form in ticked]
    count = add_listed(school, values, author=current_user)
    added = plural(count, "партнёр", "партнёра", "партнёров")
    flash(f"В таблице теперь на {added} больше.", "success")
    return redirect(url_for(".register", school_id=school_id))


def _form_of(line: Listed, partners: Mapping[str, Partner]) -> ListedForm:
    """Return a line as a form; it is ticked when it is whole and new."""
    kind = line.kind.name if line.kind else ""
    is_whole = bool(line.name and kind and key_of(line.name) not in partners)
    data = line.cells | {"kind": kind, "take": is_whole}
    return ListedForm(partners, prefix=f"{line.number}-", data=data, number=line.number)


def _check(
    school: School, forms: Sequence[ListedForm], *, is_refused: bool = False
) -> ResponseReturnValue:
    return render_template(
        "network/partners/check.html",
        school=school,
        forms=forms,
        is_refused=is_refused,
        wrong=[form for form in forms if form.errors],
    )
