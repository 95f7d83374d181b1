"""The registry: every certificate that was issued, as a page and as a workbook."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.downloads import send_made
from lms.core.extensions import db
from lms.core.language import plural, today
from lms.core.workbooks import MEDIA_TYPE
from lms.course.cohorts.models import Cohort
from lms.course.cohorts.permissions import run_cohorts, visible_cohorts
from lms.identity.accounts.permissions import (
    OBSERVERS,
    STAFF,
    can_coordinate,
    can_run_cohorts,
)
from lms.outcomes.certificates.forms import NO_TOKEN, RegistryForm
from lms.outcomes.certificates.permissions import (
    ways_to_certificates,
    ways_to_listed,
)
from lms.outcomes.certificates.registry import find_certificates, years
from lms.outcomes.certificates.sheets import MOST_ROWS, workbook_of
from lms.outcomes.certificates.views.blueprint import bp


@bp.get("/certificates/")
@allow(OBSERVERS)
def registry() -> ResponseReturnValue:
    """Every certificate that was ever issued, found by what one remembers of it."""
    form = _asked()
    part = find_certificates(ways_to_listed(current_user), **form.filters()).part()
    return render_template(
        "outcomes/certificates/registry.html",
        part=part,
        form=form,
        runs=can_run_cohorts(current_user),
        run_ids=_run_ids(),
    )


@bp.get("/certificates/registry.xlsx")
@allow(STAFF)
def workbook() -> ResponseReturnValue:
    """What the page finds as a workbook, with a sheet to sign."""
    form = _asked()
    found = find_certificates(
        ways_to_certificates(current_user), size=MOST_ROWS, **form.filters()
    ).part()
    if found.after:
        many = plural(MOST_ROWS, "сертификат", "сертификата", "сертификатов")
        flash(f"В таблицу входит {many}. Выберите поток, год или школу.", "warning")
        asked: dict[str, Any] = {**form.asked()}
        return redirect(url_for(".registry", **asked))
    about = f"Сертификаты на {today():%d.%m.%Y}"
    return send_made(workbook_of(found.items), about, "xlsx", MEDIA_TYPE)


def _run_ids() -> set[int] | None:
    """Return the cohorts whose certificates have a page for the person; None: all."""
    if not can_coordinate(current_user):
        return None
    run = run_cohorts(current_user).with_only_columns(Cohort.id)
    return set(db.session.scalars(run))


def _asked() -> RegistryForm:
    """Read what is looked for from the address."""
    cohorts = visible_cohorts(current_user).order_by(Cohort.name)
    names = db.session.execute(cohorts.with_only_columns(Cohort.id, Cohort.name))
    form = RegistryForm(request.args, meta=NO_TOKEN)
    form.offer(years(), names)
    return form
