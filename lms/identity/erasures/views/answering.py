"""Pages on which admins answer what people ask about their data."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from lms.core.access import allow
from lms.core.extensions import db
from lms.identity.accounts.permissions import ADMINS
from lms.identity.erasures import listing, mentions
from lms.identity.erasures.models import Decision, Erasure, Mention
from lms.identity.erasures.permissions import visible_mentions, visible_requests
from lms.identity.erasures.ties import ties_of
from lms.identity.erasures.views.blueprint import bp
from lms.identity.requests.models import DataRequest


def get_request(request_id: int) -> DataRequest:
    """Load a request that the current user may see, or answer 404."""
    query = visible_requests(current_user).where(DataRequest.id == request_id)
    return db.first_or_404(query)


def get_mention(mention_id: int) -> Mention:
    """Load a text that the current user may decide about, or answer 404."""
    query = visible_mentions(current_user).where(Mention.id == mention_id)
    return db.first_or_404(query)


@bp.get("/people/requests")
@allow(ADMINS)
def index() -> ResponseReturnValue:
    """What people have asked about their data; what is late stands out."""
    requests = visible_requests(current_user)
    return render_template(
        "identity/erasures/index.html",
        rows=listing.open_requests(requests),
        answered=listing.answered_requests(requests).part(),
    )


@bp.get("/people/requests/<int:request_id>")
@allow(ADMINS)
def data_request(request_id: int) -> ResponseReturnValue:
    """One request: what is done, what binds the person, which texts are left."""
    request = get_request(request_id)
    erasure = db.session.get(Erasure, request_id)
    is_asked = erasure is not None and erasure.can_be_called_off
    return render_template(
        "identity/erasures/request.html",
        request=request,
        erasure=erasure,
        ties=ties_of(request.user) if is_asked else [],
        places=listing.places_of(erasure) if erasure else [],
    )


@bp.post("/people/requests/<int:request_id>/names")
@allow(ADMINS)
def remove_all(request_id: int) -> ResponseReturnValue:
    """Take the name out of every text that waits, but for what lies in files."""
    request = get_request(request_id)
    count = mentions.remove_everywhere(request.id, actor=current_user)
    flash(f"Имя убрано, текстов: {count}.", "success")
    return redirect(url_for(".data_request", request_id=request_id))


@bp.post("/people/mentions/<int:mention_id>/remove")
@allow(ADMINS)
def remove(mention_id: int) -> ResponseReturnValue:
    """Take the name out of a text."""
    return _decided(get_mention(mention_id), Decision.REMOVED)


@bp.post("/people/mentions/<int:mention_id>/leave")
@allow(ADMINS)
def leave(mention_id: int) -> ResponseReturnValue:
    """Leave a text as it is: it is about somebody else, or a file."""
    return _decided(get_mention(mention_id), Decision.LEFT)


def _decided(mention: Mention, decision: Decision) -> ResponseReturnValue:
    mentions.decide(mention, decision, actor=current_user)
    flash(f"Решено: {decision.value}.", "success")
    return redirect(url_for(".data_request", request_id=mention.request_id))
