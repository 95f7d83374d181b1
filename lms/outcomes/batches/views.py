"""Addresses and pages of what is issued to a whole cohort."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import joinedload

from lms.core.access import allow, require
from lms.core.downloads import send_stored
from lms.core.extensions import db
from lms.core.file_names import name_after
from lms.core.mail import fate
from lms.course.cohorts.loading import get_run_cohort
from lms.identity.accounts.permissions import STAFF
from lms.outcomes.batches.archives import (
    archive_of,
    ask_for_archive,
    count_papers,
    is_outdated,
)
from lms.outcomes.batches.models import Batch, BatchPerson
from lms.outcomes.batches.permissions import (
    can_unpack,
    visible_batches,
    visible_people,
)
from lms.outcomes.certificates.candidates import Candidate, candidates_of
from lms.outcomes.certificates.conditions import by_lesson

bp = Blueprint("batches", __name__, url_prefix="/certificates")


@bp.get("/batches/<int:batch_id>")
@allow(STAFF)
def batch(batch_id: int) -> ResponseReturnValue:
    """How far the issue to a cohort is, who was refused, and what others lack."""
    batch = _get_batch(batch_id)
    people = _people(batch)
    return render_template(
        "outcomes/batches/batch.html",
        batch=batch,
        issued=[one for one in people if one.certificate_id],
        refused=[one for one in people if one.refusal],
        done=sum(one.done_at is not None for one in people),
        count=len(people),
        lacking=[] if batch.is_under_way else _lacking(batch),
        by_lesson=by_lesson,
        fate=fate("письма со ссылками", many=True),
    )


@bp.get("/archives/<int:cohort_id>")
@allow(STAFF)
def archive(cohort_id: int) -> ResponseReturnValue:
    """The papers of a cohort in one file: as it was made, or being made."""
    cohort = get_run_cohort(cohort_id)
    archive = archive_of(cohort)
    return render_template(
        "outcomes/batches/archive.html",
        cohort=cohort,
        is_kept=not can_unpack(current_user, cohort),
        archive=archive,
        count=count_papers(cohort),
        is_outdated=archive is not None and is_outdated(archive),
    )


@bp.post("/archives/<int:cohort_id>")
@allow(STAFF)
def make_archive(cohort_id: int) -> ResponseReturnValue:
    """Have a job put the papers of a cohort together, or do it anew."""
    ask_for_archive(get_run_cohort(cohort_id))
    db.session.commit()
    return redirect(url_for(".archive", cohort_id=cohort_id))


@bp.get("/archives/<int:cohort_id>.zip")
@allow(STAFF)
def archive_file(cohort_id: int) -> Response:
    """The file itself, streamed as the job has left it."""
    cohort = get_run_cohort(cohort_id)
    require(can_unpack(current_user, cohort))
    archive = archive_of(cohort)
    if archive is None or archive.sha256 is None:
        abort(404)
    return send_stored(
        archive.sha256,
        name=name_after(f"Сертификаты, {cohort.name}", "zip"),
        media_type="application/zip",
    )


def _get_batch(batch_id: int) -> Batch:
    """Load a batch of a cohort that the current user runs, or answer 404."""
    seen = visible_batches(current_user).where(Batch.id == batch_id)
    names = joinedload(Batch.cohort), joinedload(Batch.asked_by)
    batch: Batch = db.first_or_404(seen.options(*names))
    return batch


def _lacking(batch: Batch) -> list[Candidate]:
    candidates = candidates_of([batch.cohort], current_user)
    return [one for one in candidates if one.unmet and not one.certificate]


def _people(batch: Batch) -> Sequence[BatchPerson]:
    return db.session.scalars(
        visible_people(current_user)
        .where(BatchPerson.batch_id == batch.id)
        .order_by(BatchPerson.place)
        .options(joinedload(BatchPerson.user), joinedload(BatchPerson.certificate))
    ).all()
