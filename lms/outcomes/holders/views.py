"""Addresses and pages of one's own certificate."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import SIGNED_IN, allow
from lms.core.links import site_link
from lms.outcomes.certificates.loading import get_certificate
from lms.outcomes.certificates.models import Certificate
from lms.outcomes.certificates.registry import newest_certificate
from lms.outcomes.holders.pictures import picture_of
from lms.overview.news.loading import note_opened
from lms.overview.news.models import Topic
from lms.schools.teams.loading import my_membership

bp = Blueprint("holders", __name__, url_prefix="/certificates")


@bp.app_template_filter("verify_link")
def verify_link(certificate: Certificate) -> str:
    """Return the whole address at which anybody checks a certificate."""
    return site_link("certificates.verify", code=certificate.code)


@bp.get("/mine")
@allow(SIGNED_IN)
def mine() -> ResponseReturnValue:
    """My certificate: the picture, the paper, and the link by which others check it."""
    membership = my_membership()
    here = membership and newest_certificate(current_user, membership.team.cohort)
    certificate = here or newest_certificate(current_user)
    if certificate is None:
        return render_template("outcomes/holders/none.html")
    note_opened(Topic.CERTIFICATE, certificate.id)
    return render_template("outcomes/holders/mine.html", certificate=certificate)


@bp.get("/<number>.png")
@allow(SIGNED_IN)
def picture(number: str) -> Response:
    """What a certificate in force looks like; it stays in no browser, as its paper."""
    certificate = get_certificate(number)
    if not certificate.is_valid:
        abort(404)
    return Response(picture_of(certificate), mimetype="image/png")
