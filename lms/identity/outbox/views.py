"""Addresses and pages of the outbox."""

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.database import LAST_ROW
from lms.core.extensions import db
from lms.core.jobs import Job
from lms.core.language import plural
from lms.core.worker import is_at_work
from lms.identity.accounts.permissions import ADMINS
from lms.identity.outbox import listing, services
from lms.identity.outbox.listing import Place
from lms.identity.outbox.permissions import visible_jobs

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


@bp.get("/")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """Where letters are; what failed for good comes first, with its reason."""
    jobs = visible_jobs(current_user)
    place = Place.__members__.get(request.args.get("only", ""))
    before = min(request.args.get("before", 0, type=int), LAST_ROW)
    is_first = not (place or before > 0)
    counts = listing.count_undone(jobs)
    return render_template(
        "identity/outbox/index.html",
        place=place,
        places=Place,
        counts=counts,
        part=listing.letters_of(jobs, place=place, before=before),
        kept=listing.count_kept(jobs) if place is Place.KEPT else 0,
        parked=_parked() if is_first and counts[Place.PARKED] else [],
        parked_jobs=listing.parked_jobs(jobs) if is_first else [],
        is_at_work=is_at_work(),
    )


@bp.post("/<int:job_id>/again")
@allow(ADMINS)
def again(job_id: int) -> ResponseReturnValue:
    """Have a letter sent, or another job done, once more."""
    job = db.first_or_404(visible_jobs(current_user).where(Job.id == job_id))
    if services.try_job_again(job.id, actor=current_user):
        flash("Снова в очереди, сайт сейчас попробует ещё раз.", "success")
    else:
        flash("Пробовать уже нечего: всё сделано или стоит в очереди.", "warning")
    return redirect(url_for(".index"))


@bp.post("/again")
@allow(ADMINS)
def all_again() -> ResponseReturnValue:
    """Have all letters that failed for good, or lie in the folder, sent once more."""
    is_of_kept = request.args.get("only") == Place.KEPT.name
    send = services.send_all_kept if is_of_kept else services.send_all_again
    count = send(actor=current_user)
    letters = plural(count, "письмо", "письма", "писем")
    flash(f"Снова в очереди: {letters}." if count else "Таких писем нет.", "success")
    return redirect(url_for(".index"))


def _parked() -> list[listing.Row]:
    jobs = visible_jobs(current_user)
    return listing.letters_of(jobs, place=Place.PARKED).rows
