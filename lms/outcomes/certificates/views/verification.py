"""The public check of a certificate by the code that is printed on it."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.core.access import PUBLIC, allow
from lms.core.extensions import limiter
from lms.core.language import today
from lms.outcomes.certificates.codes import read_code
from lms.outcomes.certificates.forms import NO_TOKEN, CodeForm
from lms.outcomes.certificates.registry import find_certificate
from lms.outcomes.certificates.views.blueprint import bp


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
