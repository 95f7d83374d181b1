"""Addresses and pages of the months of tutors."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_made
from lms.core.tables import stamp
from lms.core.workbooks import MEDIA_TYPE
from lms.identity.accounts.permissions import STAFF, can_administer
from lms.overview.progress.answers import spell_hours
from lms.overview.timesheets.forms import MonthForm
from lms.overview.timesheets.loading import chosen_month, get_sheet
from lms.overview.timesheets.overview import lines_of
from lms.overview.timesheets.permissions import sees_others
from lms.overview.timesheets.sheet import Sheet
from lms.overview.timesheets.wording import TITLE

bp = Blueprint("timesheets", __name__, url_prefix="/timesheets")


@bp.get("/")
@allow(STAFF)
def index() -> ResponseReturnValue:
    """How much each tutor has done in a month; a tutor goes to the own one at once."""
    month = chosen_month()
    if not sees_others(current_user):
        own = url_for(".sheet", user_id=current_user.id, month=month.key)
        return redirect(own)
    return render_template(
        "overview/timesheets/index.html",
        month=month,
        form=MonthForm(month),
        lines=lines_of(month, viewer=current_user),
        sees_all=can_administer(current_user),
    )


@bp.get("/<int:user_id>")
@allow(STAFF)
def sheet(user_id: int) -> ResponseReturnValue:
    """What a tutor has done in a month, and the rows behind each number."""
    sheet = get_sheet(user_id)
    return render_template(
        "overview/timesheets/sheet.html",
        sheet=sheet,
        form=MonthForm(sheet.month),
        stamp=stamp,
        spell_hours=spell_hours,
        has_list=sees_others(current_user),
        is_own=user_id == current_user.id,
    )


@bp.get("/<int:user_id>.xlsx")
@allow(STAFF)
def workbook(user_id: int) -> Response:
    """The same as a workbook."""
    from lms.overview.timesheets.workbook import workbook_of

    sheet = get_sheet(user_id)
    return _download(workbook_of(sheet), sheet, "xlsx", MEDIA_TYPE)


@bp.get("/<int:user_id>.docx")
@allow(STAFF)
def word(user_id: int) -> Response:
    """The same for Word, with lines to sign."""
    from lms.core.documents import MEDIA_TYPE as WORD
    from lms.overview.timesheets.word import word_sheet

    sheet = get_sheet(user_id)
    return _download(word_sheet(sheet), sheet, "docx", WORD)


def _download(made: bytes, sheet: Sheet, ending: str, media_type: str) -> Response:
    about = f"{TITLE}, {sheet.tutor.full_name}, {sheet.month.label}"
    return send_made(made, about, ending, media_type)
