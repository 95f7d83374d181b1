"""Addresses and pages of ready remarks."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import allow
from lms.core.extensions import db
from lms.course.modules.models import Module
from lms.identity.accounts.permissions import TUTORS
from lms.review.remarks import services
from lms.review.remarks.forms import RemarkForm
from lms.review.remarks.models import BankRemark
from lms.review.remarks.permissions import own_remarks

bp = Blueprint("remarks", __name__, url_prefix="/remarks")


def get_own(remark_id: int) -> BankRemark:
    """Load a remark of the current user, or answer 404."""
    query = own_remarks(current_user).where(BankRemark.id == remark_id)
    return db.first_or_404(query.options(joinedload(BankRemark.module)))


@bp.get("/")
@allow(TUTORS)
def index() -> ResponseReturnValue:
    """See my own ready remarks, module by module."""
    mine = own_remarks(current_user).join(BankRemark.module)
    titles = joinedload(BankRemark.module).joinedload(Module.current_revision)
    order = (Module.position, BankRemark.criterion, BankRemark.title, BankRemark.id)
    page = db.paginate(mine.order_by(*order).options(titles), per_page=50)
    return render_template("review/remarks/index.html", page=page)


@bp.route("/<int:remark_id>", methods=["GET", "POST"])
@allow(TUTORS)
def edit(remark_id: int) -> ResponseReturnValue:
    """Change a ready remark of my own."""
    remark = get_own(remark_id)
    form = RemarkForm(obj=remark)
    if form.validate_on_submit():
        services.edit_remark(
            remark,
            title=form.title.data,
            text=form.text.data,
            is_shared=form.is_shared.data,
        )
        flash("Готовое замечание сохранено.", "success")
        return redirect(url_for(".index"))
    return render_template("review/remarks/edit.html", remark=remark, form=form)


@bp.post("/<int:remark_id>/delete")
@allow(TUTORS)
def delete(remark_id: int) -> ResponseReturnValue:
    """Take a ready remark of my own out of the bank."""
    services.delete_remark(get_own(remark_id))
    flash(
        "Готовое замечание удалено. В отзывах, где она уже есть, её текст остался.",
        "success",
    )
    return redirect(url_for(".index"))
