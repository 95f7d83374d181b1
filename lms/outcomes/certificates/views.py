"""Addresses and pages of certificates: the way to one, the issue, the registry."""

import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import PUBLIC, SIGNED_IN, allow
from lms.core.errors import RuleError
from lms.core.extensions import db, limiter
from lms.core.language import plural, today
from lms.core.mail import fate
from lms.core.storage import send_stored
from lms.core.workbooks import MEDIA_TYPE
from lms.course.cohorts.loading import get_run_cohort
from lms.course.cohorts.models import Cohort, CohortState
from lms.course.cohorts.permissions import can_run, run_cohorts
from lms.identity.accounts.permissions import ADMINS, STAFF, can_judge
from lms.outcomes.certificates import services
from lms.outcomes.certificates.candidates import Candidate, by_team, candidates_of
from lms.outcomes.certificates.codes import read_code
from lms.outcomes.certificates.commands import recount
from lms.outcomes.certificates.conditions import (
    by_lesson,
    conditions_of,
    optional_modules,
)
from lms.outcomes.certificates.forms import (
    CodeForm,
    RegistryForm,
    ReplaceForm,
    RevokeForm,
)
from lms.outcomes.certificates.loading import get_certificate, get_membership
from lms.outcomes.certificates.models import Certificate, CertificateState
from lms.outcomes.certificates.permissions import (
    can_amend,
    visible_certificates,
    ways_to_certificates,
)
from lms.outcomes.certificates.registry import (
    certificates_of,
    find_certificate,
    find_certificates,
    years,
)
from lms.outcomes.certificates.sheets import MOST_ROWS, workbook_of

# Half of the addresses is printed on paper, so they are short and stand at the root.
bp = Blueprint("certificates", __name__)
bp.cli.add_command(recount)
# Questions stand in the address and change nothing.
NO_TOKEN = {"csrf": False}


@bp.get("/certificates/")
@allow(STAFF)
def registry() -> ResponseReturnValue:
    """Every certificate that was ever issued, found by what one remembers of it."""
    form = _asked()
    found = find_certificates(ways_to_certificates(current_user), **form.filters())
    part = found.part()
    return render_template("outcomes/certificates/registry.html", part=part, form=form)


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
    return send_file(
        io.BytesIO(workbook_of(found.items)),
        mimetype=MEDIA_TYPE,
        as_attachment=True,
        download_name=f"Сертификаты на {today():%d.%m.%Y}.xlsx",
    )


def _asked() -> RegistryForm:
    """Read what is looked for from the address."""
    cohorts = run_cohorts(current_user).order_by(Cohort.name)
    names = db.session.execute(cohorts.with_only_columns(Cohort.id, Cohort.name))
    form = RegistryForm(request.args, meta=NO_TOKEN)
    form.offer(years(), names)
    return form


@bp.get("/certificates/eligible")
@allow(STAFF)
def eligible() -> ResponseReturnValue:
    """Who in which team may have a certificate, and what the others lack."""
    ended = Cohort.state == CohortState.CLOSED
    query = run_cohorts(current_user).where(Cohort.rule.is_not(None))
    newest = query.order_by(ended, Cohort.starts_on.desc(), Cohort.id)
    cohorts = db.session.scalars(newest).all()
    asked = request.args.get("cohort", type=int)
    chosen = get_run_cohort(asked) if asked else None
    shown = [cohort for cohort in cohorts if cohort.is_open or cohort is chosen]
    candidates = candidates_of(shown, current_user)
    ready = Counter(one.team.cohort_id for one in candidates if one.is_ready)
    if chosen is None:
        best_first = sorted(cohorts, key=lambda cohort: not ready[cohort.id])
        chosen = next(iter(best_first), None)
    return render_template(
        "outcomes/certificates/eligible.html",
        cohorts=cohorts,
        chosen=chosen,
        ready=ready,
        teams=by_team(one for one in candidates if one.team.cohort is chosen),
    )


@bp.post("/certificates/issue/<int:cohort_id>")
@allow(STAFF)
def issue_cohort(cohort_id: int) -> ResponseReturnValue:
    """Issue to everybody in a cohort who is ready."""
    cohort = get_run_cohort(cohort_id)
    return issue_to(cohort, candidates_of([cohort], current_user))


@bp.post("/certificates/issue/<int:cohort_id>/teams/<int:team_id>")
@allow(STAFF)
def issue_team(cohort_id: int, team_id: int) -> ResponseReturnValue:
    """Issue to everybody in a team who is ready."""
    cohort = get_run_cohort(cohort_id)
    people = candidates_of([cohort], current_user)
    return issue_to(cohort, [one for one in people if one.team.id == team_id])


@bp.post("/certificates/issue/<int:cohort_id>/people/<int:user_id>")
@allow(STAFF)
def issue(cohort_id: int, user_id: int) -> ResponseReturnValue:
    """Issue to one person."""
    cohort = get_run_cohort(cohort_id)
    holder = get_membership(user_id, cohort_id).user
    try:
        new = services.issue_certificate(holder, cohort, actor=current_user)
    except RuleError as error:
        flash(f"{holder.full_name}: {error}", "error")
    else:
        message = f"Выдан сертификат {new.number}: {new.holder_name}."
        flash(f"{message} {fate('письмо со ссылкой')}", "success")
    return redirect(url_for("certificates.eligible", cohort=cohort_id))


def issue_to(cohort: Cohort, people: Iterable[Candidate]) -> ResponseReturnValue:
    """Issue to those who are ready and say what came of it."""
    issued = services.issue_to_ready(people, actor=current_user)
    for refusal in issued.refusals:
        flash(refusal, "error")
    count = len(issued.certificates)
    if count:
        what = plural(count, "сертификат", "сертификата", "сертификатов")
        flash(f"Выдано: {what}. {fate('письма со ссылками', many=True)}", "success")
    elif not issued.refusals:
        flash("Выдавать некому: у всех готовых сертификаты уже есть.", "warning")
    return redirect(url_for("certificates.eligible", cohort=cohort.id))


@bp.get("/certificates/remaining/<int:user_id>")
@allow(SIGNED_IN)
def remaining(user_id: int) -> ResponseReturnValue:
    """What is left until the certificate: the same list for everybody who sees it."""
    membership = get_membership(user_id, request.args.get("cohort", type=int))
    team = membership.team
    conditions = conditions_of(membership, current_user)
    held = visible_certificates(current_user).where(
        Certificate.user_id == user_id, Certificate.state != CertificateState.REPLACED
    )
    return render_template(
        "outcomes/certificates/remaining.html",
        membership=membership,
        count=len(conditions),
        unmet=[one for one in conditions if not one.is_met],
        met=[one for one in conditions if one.is_met],
        by_lesson=by_lesson,
        optional=optional_modules(team.cohort),
        certificates=db.session.scalars(held.order_by(Certificate.id.desc())).all(),
        is_own=user_id == current_user.id,
        may_issue=can_run(current_user, team.cohort),
        may_amend=can_amend(current_user),
        may_judge=can_judge(current_user),
    )


@bp.get("/certificates/<number>.pdf")
@allow(SIGNED_IN)
def pdf(number: str) -> ResponseReturnValue:
    """The paper itself, byte for byte as it was made."""
    certificate = get_certificate(number)
    services.check_pdf(certificate)
    return send_stored(
        certificate.pdf_sha256,
        name=f"Сертификат {certificate.number}.pdf",
        media_type="application/pdf",
    )


@bp.get("/certificates/<number>")
@allow(STAFF)
def certificate(number: str) -> ResponseReturnValue:
    """What the staff knows about a certificate and what became of it."""
    certificate = get_certificate(number)
    return render_template(
        "outcomes/certificates/certificate.html",
        certificate=certificate,
        history=certificates_of(certificate.user_id, certificate.cohort_id),
        may_amend=can_amend(current_user),
    )


@bp.route("/certificates/<number>/revoke", methods=["GET", "POST"])
@allow(ADMINS)
def revoke(number: str) -> ResponseReturnValue:
    """An admin declares a certificate void and says why."""
    certificate = get_certificate(number)
    form = RevokeForm()
    if form.validate_on_submit():
        try:
            services.revoke_certificate(
                certificate, reason=form.reason.data, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Сертификат отозван. {fate('письмо с причиной')}", "success")
            return to_certificate(certificate)
    return render_template(
        "outcomes/certificates/revoke.html", form=form, certificate=certificate
    )


@bp.route("/certificates/<number>/replace", methods=["GET", "POST"])
@allow(ADMINS)
def replace(number: str) -> ResponseReturnValue:
    """An admin corrects a misspelled name: a new certificate for the old one."""
    certificate = get_certificate(number)
    form = ReplaceForm(obj=certificate)
    if form.validate_on_submit():
        try:
            new = services.replace_certificate(
                certificate, corrected=form.data, actor=current_user
            )
        except RuleError as error:
            form.form_errors.append(str(error))
        else:
            flash(f"Готов новый сертификат {new.number}. {fate()}", "success")
            return to_certificate(new)
    return render_template(
        "outcomes/certificates/replace.html", form=form, certificate=certificate
    )


def to_certificate(certificate: Certificate) -> ResponseReturnValue:
    """Go to the page of a certificate."""
    return redirect(url_for("certificates.certificate", number=certificate.address))


@bp.get("/verify/")
@allow(PUBLIC)
@limiter.limit("30 per minute")
def verify_form() -> ResponseReturnValue:
    """Anybody asks about a certificate by the code that is printed on it."""
    form = CodeForm(request.args, meta=NO_TOKEN)
    if "code" in request.args and form.validate():
        return redirect(url_for("certificates.verify", code=read_code(form.code.data)))
    return render_template("outcomes/certificates/verify_form.html", form=form)


@bp.get("/verify/<code>")
@allow(PUBLIC)
@limiter.limit("30 per minute")
def verify(code: str) -> ResponseReturnValue:
    """Say in public whether a certificate is in force, and nothing private."""
    hidden = {"X-Robots-Tag": "noindex"}
    certificate = find_certificate(code)
    if certificate is None:
        form = CodeForm(data={"code": code}, meta=NO_TOKEN)
        page = render_template(
            "outcomes/certificates/verify_form.html", form=form, unknown=True
        )
        return page, 404, hidden
    page = render_template(
        "outcomes/certificates/verify.html", certificate=certificate, today=today()
    )
    return page, hidden
