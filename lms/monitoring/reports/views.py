"""Addresses and pages of year reports, of territories and of schools."""

from collections.abc import Callable
from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow, may_come, require
from lms.core.downloads import send_made
from lms.core.errors import RuleError, wants_json
from lms.core.extensions import db
from lms.core.language import today
from lms.core.names import short_name
from lms.core.periods import SchoolYear
from lms.core.tables import spelled
from lms.monitoring.reports import services
from lms.monitoring.reports.changes import changes_between
from lms.monitoring.reports.draft import blocks_of, schools_counted_twice
from lms.monitoring.reports.forms import ConclusionsForm
from lms.monitoring.reports.listing import rows_of
from lms.monitoring.reports.loading import (
    get_draft,
    get_edition,
    get_rival,
    get_scope,
    neighbours_of,
    read_year,
)
from lms.monitoring.reports.nudges import days_of, due_of
from lms.monitoring.reports.permissions import can_write
from lms.monitoring.reports.printed import (
    WHY_HIDDEN,
    Printed,
    names_of,
    spelled_figure,
)
from lms.monitoring.reports.scope import Scope, key_of
from lms.monitoring.reports.services import CONCLUSIONS, report_of
from lms.monitoring.reports.snapshot import Snapshot

bp = Blueprint("reports", __name__, url_prefix="/reports")

View = Callable[..., ResponseReturnValue]


def of_both(path: str, **options: Any) -> Callable[[View], View]:
    """Answer at the address of a territory's report and at that of a school's."""

    def register(view: View) -> View:
        for owner in ("/<int:territory_id>", "/schools/<int:school_id>"):
            bp.route(f"{owner}/<year>/{path}", **options)(view)
        return view

    return register


bp.add_app_template_filter(spelled_figure, "figure_text")
bp.add_app_template_filter(may_come, "may_come")
bp.add_app_template_filter(spelled, "cell_text")


@bp.get("/")
@allow(SIGNED_IN)
def index() -> ResponseReturnValue:
    """The reports of who looks: those under way, and what was closed."""
    asked = request.args.get("year")
    year = read_year(asked) if asked else SchoolYear.of(today())
    before, after = neighbours_of(year)
    return render_template(
        "monitoring/reports/index.html",
        rows=rows_of(current_user, year),
        year=year,
        before=before,
        after=after,
        today=today(),
        reminded_on=days_of(year),
        due_on=due_of(year),
        key_of=key_of,
    )


@of_both("", methods=["GET", "POST"])
@allow(SIGNED_IN)
def report(
    year: str, territory_id: int | None = None, school_id: int | None = None
) -> ResponseReturnValue:
    """A report as it stands today; its conclusions are typed here."""
    scope = get_draft(year, territory_id, school_id)
    blocks, sources = blocks_of(scope)
    known = report_of(scope)
    form = ConclusionsForm(known, blocks)
    if request.method == "POST":
        require(can_write(current_user, scope))
        if form.validate():
            return _save(scope, form)
        if wants_json():
            raise RuleError(next(iter(form.errors.values()))[0])
    snapshot = Snapshot(blocks=blocks, sources=sources)
    last = known.editions[-1] if known and known.editions else None
    before = Snapshot.model_validate(last.content) if last else None
    return render_template(
        "monitoring/reports/report.html",
        scope=scope,
        address=scope.address,
        form=form,
        known=known,
        printed=Printed(snapshot, names_of(snapshot)),
        changes=changes_between(before, snapshot) if before else [],
        twice=schools_counted_twice(scope),
        today=today(),
        due_on=due_of(scope.year),
        writes=can_write(current_user, scope),
        conclusions=CONCLUSIONS,
        why_hidden=WHY_HIDDEN,
    )


def _save(scope: Scope, form: ConclusionsForm) -> ResponseReturnValue:
    """Keep what is typed; a script is told in JSON what became of it."""
    saved = services.save_conclusions(
        scope,
        form.texts,
        form.left_out.data or [],
        was_left_out=form.was_ticked,
        base_version=form.version.data or 0,
        author=current_user,
    )
    if wants_json():
        newer = saved.newer_by
        by = short_name(newer.full_name) if newer else ""
        return {"version": saved.version, "rival": newer is not None, "by": by}
    if saved.newer_by:
        flash("Пока вы писали, выводы изменили. Оба текста ниже.", "warning")
    else:
        flash("Выводы сохранены.", "success")
    return redirect(url_for(".report", **scope.address, _anchor="conclusions"))


@of_both("rivals/<int:rival_id>/<any(take,drop):choice>", methods=["POST"])
@allow(SIGNED_IN)
def settle(
    year: str,
    rival_id: int,
    choice: str,
    territory_id: int | None = None,
    school_id: int | None = None,
) -> ResponseReturnValue:
    """Choose between two texts that were typed at once."""
    scope = get_draft(year, territory_id, school_id)
    require(can_write(current_user, scope))
    known, rival = get_rival(scope, rival_id)
    if choice == "take":
        services.choose_rival(rival, known, author=current_user)
    else:
        services.drop_rival(rival)
    return redirect(url_for(".report", **scope.address, _anchor="conclusions"))


@of_both("close", methods=["POST"])
@allow(SIGNED_IN)
def close(
    year: str, territory_id: int | None = None, school_id: int | None = None
) -> ResponseReturnValue:
    """Close the report: what changes later makes another edition."""
    scope = get_draft(year, territory_id, school_id)
    require(can_write(current_user, scope))
    try:
        edition = services.close(scope, actor=current_user)
    except RuleError as error:
        db.session.rollback()
        flash(str(error), "error")
        return redirect(url_for(".report", **scope.address))
    flash(f"Отчёт закрыт: редакция № {edition.number}.", "success")
    address = scope.address
    return redirect(url_for(".edition", **address, number=edition.number))


@of_both("editions/<int:number>/")
@allow(SIGNED_IN)
def edition(
    year: str,
    number: int,
    territory_id: int | None = None,
    school_id: int | None = None,
) -> ResponseReturnValue:
    """A closed report, and what it says otherwise than the one before.

    Without names it is what a site of a district may publish, on paper as well.
    """
    scope = get_scope(year, territory_id, school_id)
    found = get_edition(scope, number)
    snapshot = Snapshot.model_validate(found.content)
    earlier = found.report.editions[: number - 1]
    before = Snapshot.model_validate(earlier[-1].content) if earlier else None
    return render_template(
        "monitoring/reports/edition.html",
        scope=scope,
        address=scope.address,
        edition=found,
        printed=Printed(snapshot, _names_wanted(snapshot)),
        is_nameless=_is_nameless(),
        changes=changes_between(before, snapshot) if before else [],
        conclusions=CONCLUSIONS,
        why_hidden=WHY_HIDDEN,
    )


def _is_nameless() -> bool:
    return request.args.get("names") == "no"


def _names_wanted(snapshot: Snapshot) -> dict[int, str]:
    """Return the names of people, unless the address asks for none."""
    return {} if _is_nameless() else names_of(snapshot)


@of_both("editions/<int:number>/report.<kind>")
@allow(SIGNED_IN)
def download(
    year: str,
    number: int,
    kind: str,
    territory_id: int | None = None,
    school_id: int | None = None,
) -> ResponseReturnValue:
    """A closed report for Word or Excel, with the names of people or without."""
    from lms.monitoring.reports.files import FILES, note_of, title_of

    scope = get_scope(year, territory_id, school_id)
    found = get_edition(scope, number)
    make, media_type = FILES.get(kind) or abort(404)
    snapshot = Snapshot.model_validate(found.content)
    names = _names_wanted(snapshot)
    made = make(Printed(snapshot, names), title_of(scope), note_of(found))
    about = f"Годовой отчёт, {scope.title}, {scope.year.label}"
    return send_made(made, about, kind, media_type)
